import type { Db } from "~/db/client.server";
import { networkOf } from "~/http/network.server";
import { type Limited, rateLimit } from "~/http/rate-limits.server";

/**
 * Sign-in failures of one account and of one address.
 *
 * An attempt is counted before its password is checked and given back when it was right: what is
 * counted only afterwards lets any number of attempts through at once.
 *
 * @param limit by default 10 in 15 minutes, as the operator's guide says
 */
export function signInLimits(db: Db, limit = { points: 10, seconds: 15 * 60 }) {
  const { count, forgive } = rateLimit(db, { name: "sign-in", ...limit });
  return {
    /** @returns null when another attempt is allowed */
    async countAttempt(email: string, address: string): Promise<Limited | null> {
      return (await count(addressKey(address))) ?? (await count(accountKey(email)));
    },
    /** The attempt was no failure after all. */
    async forgiveAttempt(email: string, address: string): Promise<void> {
      await Promise.all([forgive(addressKey(address)), forgive(accountKey(email))]);
    },
    /** For what tells an address whether an account exists. */
    countAddress: (address: string) => count(addressKey(address)),
    forgiveAddress: (address: string) => forgive(addressKey(address)),
  };
}

function accountKey(email: string) {
  return `account:${email}`;
}

function addressKey(address: string) {
  return `address:${networkOf(address)}`;
}

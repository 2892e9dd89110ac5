import type { Db } from "~/db/client.server";
import { networkOf } from "~/http/network.server";
import { type Limited, rateLimit } from "~/http/rate-limits.server";
import { takeTurns } from "~/http/turns.server";

type Outcome = { userId: string } | { refused: string };
type LimitedOutcome = { refused: "limited" } & Limited;

/**
 * What right attempts at one account at once would count together must stay below its limit, also
 * over several processes.
 */
const atAccount = takeTurns(1);
/** As many passwords as Node's thread pool checks at once: more would only wait there. */
const atAddress = takeTurns(4);

/**
 * Limits the sign-in failures of one account and of one address.
 *
 * An account's attempt is counted before its password is checked and given back when it was right:
 * what is counted only afterwards lets any number of attempts through at once. An address may be a
 * whole office, so that only what failed counts, and little is under way at once. Whoever comes
 * meanwhile waits instead of being refused.
 *
 * @param limit by default 10 in 15 minutes, as the operator's guide says
 */
export function signInLimits(db: Db, limit = { points: 10, seconds: 15 * 60 }) {
  const { count, forgive, look } = rateLimit(db, { name: "sign-in", ...limit });

  /** For what tells an address whether an account exists: `check` says by `refused` that it did. */
  function fromAddress<Checked extends Outcome>(
    address: string,
    check: () => Promise<Checked | LimitedOutcome>,
  ): Promise<Checked | LimitedOutcome> {
    const key = `address:${networkOf(address)}`;
    return atAddress(key, async () => {
      const limited = await look(key);
      if (limited) return { refused: "limited", ...limited };
      const outcome = await check();
      // What a closed account refuses was no try.
      if ("refused" in outcome && outcome.refused !== "limited") await count(key);
      return outcome;
    });
  }

  /** One attempt at an account; `check` refuses a wrong password. */
  function attempt<Checked extends Outcome>(
    { email, address }: { email: string; address: string },
    check: () => Promise<Checked>,
  ): Promise<Checked | LimitedOutcome> {
    const key = `account:${email}`;
    // The address comes first: who floods it keeps nobody else from an account.
    return fromAddress(address, () =>
      atAccount(key, async () => {
        const limited = await count(key);
        if (limited) return { refused: "limited", ...limited };
        const outcome = await check();
        if ("userId" in outcome) await forgive(key);
        return outcome;
      }),
    );
  }

  return { attempt, fromAddress };
}

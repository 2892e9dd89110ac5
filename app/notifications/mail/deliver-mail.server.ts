import type { Db } from "~/db/client.server";
import { deliverOnce } from "~/jobs/deliver-once.server";
import type { ToldKind } from "~/notifications/choices";
import { log } from "~/operations/log.server";
import { mails } from "./mail-metrics.server";
import { type Mail, type Mailer, Refused } from "./mailer.server";

type Delivery = {
  mailer: Mailer;
  /** What is delivered: another attempt at the same mail has the same one. */
  key: `mail:${string}`;
  kind: ToldKind;
  mail: Mail;
  signal: AbortSignal;
  /** After it was handed over, and before the mail server can have taken it. */
  onHandedOver?: () => Promise<void>;
};

type Outcome = Awaited<ReturnType<typeof deliverOnce>> | "refused";

/**
 * Sends a mail at most once. One to an address that there is not is not tried again.
 *
 * @throws where another attempt may send it
 */
export async function deliverMail(db: Db, delivery: Delivery): Promise<Outcome> {
  const { mailer, key, kind, mail, signal, onHandedOver } = delivery;
  try {
    const outcome = await deliverOnce(db, key, (handOver) =>
      mailer.send(mail, {
        signal,
        handOver: async () => {
          await handOver();
          await onHandedOver?.();
        },
      }),
    );
    mails.inc({ kind, outcome });
    return outcome;
  } catch (error) {
    mails.inc({ kind, outcome: error instanceof Refused ? "refused" : "failed" });
    if (!(error instanceof Refused)) throw error;
    log.warn({ key, err: error }, "a mail was refused for good: there is no such address");
    return "refused";
  }
}

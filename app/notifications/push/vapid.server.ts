import webPush from "web-push";
import type { Db } from "~/db/client.server";
import { vapidKeys } from "~/db/schema";
import { environment } from "~/operations/environment.server";

/** As `web-push` takes them; the keys in base64url. */
export type Vapid = { subject: string; publicKey: string; privateKey: string };

/**
 * The keys that push services know this Parley by (RFC 8292): those of the environment, else those
 * that were made when they were first needed, once over all processes.
 */
export async function readVapid(db: Db): Promise<Vapid> {
  const { vapidPublicKey, vapidPrivateKey, vapidSubject } = environment();
  if (vapidPublicKey && vapidPrivateKey && vapidSubject) {
    return { subject: vapidSubject, publicKey: vapidPublicKey, privateKey: vapidPrivateKey };
  }
  const keys = (await findKeys(db)) ?? (await makeKeys(db));
  return { subject: standardSubject(), ...keys };
}

async function findKeys(db: Db) {
  const [keys] = await db
    .select({ publicKey: vapidKeys.publicKey, privateKey: vapidKeys.privateKey })
    .from(vapidKeys);
  return keys;
}

/** Whoever comes second takes what the first one made. */
async function makeKeys(db: Db) {
  await db.insert(vapidKeys).values(webPush.generateVAPIDKeys()).onConflictDoNothing();
  const keys = await findKeys(db);
  if (!keys) throw new Error("The keys for push services were not kept");
  return keys;
}

/** Where a push service can complain. Apple's refuses what is no address of the internet. */
function standardSubject(): string {
  const { publicUrl, mailFrom } = environment();
  if (publicUrl?.protocol === "https:") return publicUrl.origin;
  const [, address] = /([^<\s]+@[^>\s]+)/.exec(mailFrom ?? "") ?? [];
  return `mailto:${address ?? "nobody@example.com"}`;
}

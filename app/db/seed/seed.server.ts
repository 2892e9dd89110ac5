import { sql } from "drizzle-orm";
import { v5 as uuidv5 } from "uuid";
import { hashPassword } from "~/accounts/passwords.server";
import type { Db } from "~/db/client.server";
import {
  chatMessages,
  chatMessageVersions,
  chatParticipants,
  chats,
  subjects,
  users,
} from "~/db/schema";
import type { Storage } from "~/storage/storage";
import { chatRows } from "./chat-rows";
import { demoChats } from "./content/chats";
import { demoListings } from "./content/listings";
import { demoPeople } from "./content/people";
import { openDemoDisputes } from "./demo-disputes.server";
import { raiseDemoFlags } from "./demo-flags.server";
import { settleDemoNotifications, tellDemoSignIns } from "./demo-notifications.server";
import { imposeDemoSanctions } from "./demo-sanctions.server";
import { storeDemoPictures } from "./pictures/demo-pictures.server";

/** Of every demo account. */
export const demoPassword = "demo-password";

/** Any number that nothing else in this database uses for an advisory lock. */
const SEED_LOCK = 7_275_394;
const dayMs = 24 * 60 * 60 * 1000;
/** Rows of one insert: PostgreSQL takes 65,535 parameters at most. */
const batch = 1_000;

/** The same key has the same id in every demo market. */
export const demoId = (kind: string, key: string) =>
  uuidv5(`${kind}/${key}`, "4c1f4b5e-6b8e-4c6e-9d0e-5a1c2b3d4e5f");

/**
 * Fills an empty database with the demo market: all of it or, when people are there already,
 * nothing.
 *
 * @param storage for the pictures in it
 * @param now the moment that the talks lead up to
 * @returns whether the market was made
 */
export async function seedDemoMarket(db: Db, storage: Storage, now: Date): Promise<boolean> {
  const passwordHash = await hashPassword(demoPassword);
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${SEED_LOCK})`);
    const [anybody] = await tx.select({ id: users.id }).from(users).limit(1);
    if (anybody) return false;

    await tx.insert(users).values(
      demoPeople.map(({ key, ...person }, at) => ({
        ...person,
        id: demoId("user", key),
        passwordHash,
        // Before any of their chats, some longer ago than others.
        createdAt: new Date(now.getTime() - (700 + at * 29) * dayMs),
      })),
    );
    await tx.insert(subjects).values(
      demoListings.map(({ sellerKey, ...listing }, at) => ({
        ...listing,
        id: demoId("subject", listing.reference),
        sellerId: demoId("user", sellerKey),
        createdAt: new Date(now.getTime() - (at + 1) * 7_200_000),
      })),
    );
    const sellers = new Map(demoListings.map(({ reference, sellerKey }) => [reference, sellerKey]));
    const rows = demoChats().map((chat) =>
      chatRows(chat, sellers.get(chat.listingReference) ?? "", now, demoId),
    );
    await tx.insert(chats).values(rows.map((row) => row.chat));
    await tx.insert(chatParticipants).values(rows.flatMap((row) => row.participants));
    for (const part of inBatches(rows.flatMap((row) => row.messages))) {
      await tx.insert(chatMessages).values(part);
    }
    for (const part of inBatches(rows.flatMap((row) => row.versions))) {
      await tx.insert(chatMessageVersions).values(part);
    }
    await storeDemoPictures(
      tx,
      storage,
      rows.flatMap((row) => row.pictures),
    );
    await tellDemoSignIns(tx, demoId, now);
    await openDemoDisputes(tx, demoId);
    await imposeDemoSanctions(tx, demoId);
    await raiseDemoFlags(tx, demoId);
    await settleDemoNotifications(tx, demoId);
    return true;
  });
}

function* inBatches<Row>(rows: Row[]): Generator<Row[]> {
  for (let at = 0; at < rows.length; at += batch) yield rows.slice(at, at + batch);
}

import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { openPrivateThread } from "~/moderation/access/private-thread.server";
import { makeCase } from "~test/cases";
import { db, sql } from "~test/database";
import { askToErase } from "~test/erasing";
import { makeChat, makeUser } from "~test/factories";
import { readPersonCard } from "./person-card.server";

test("each side sees what the host says of the other", async () => {
  const { id, buyer, seller } = await makeChat(db);
  await sql`
    update users set is_verified = true, deals_done = 37, created_at = '2025-03-01T10:00:00Z'
    where id = ${seller.id}`;
  const memberSince = "2025-03-01T10:00:00.000Z";
  expect(await readPersonCard(db, buyer, id)).toEqual({
    ...{ isVerified: true, dealsDone: 37, memberSince },
  });
  expect(await readPersonCard(db, seller, id)).toMatchObject({ isVerified: null, dealsDone: null });
});

test("nobody else sees it, and there is none of who is gone or moderates", async () => {
  const { chat, moderator } = await makeCase(db);
  const thread = await openPrivateThread(db, moderator, { chatId: chat.id, side: "buyer" });
  for (const viewer of [await makeUser(db), moderator, { id: randomUUID() }]) {
    expect(await readPersonCard(db, viewer, chat.id)).toBeNull();
  }
  expect(await readPersonCard(db, chat.buyer, thread?.chatId ?? "")).toBeNull();
  await askToErase(db, chat.seller.id);
  expect(await readPersonCard(db, chat.buyer, chat.id)).toBeNull();
  expect(await readPersonCard(db, chat.seller, chat.id)).not.toBeNull();
});

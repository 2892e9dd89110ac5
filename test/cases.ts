import type { Db } from "~/db/client.server";
import { claimDispute } from "~/moderation/disputes/claim.server";
import { openDispute } from "~/moderation/disputes/open-dispute.server";
import { makeChat, makeUser } from "./factories";

type TestChat = Awaited<ReturnType<typeof makeChat>>;

/** A dispute that the buyer of a chat opened. */
export async function makeDispute(db: Db, { id: chatId, buyer }: TestChat): Promise<string> {
  const claim = { reason: "not_received", wish: "refund", statement: "It never came." } as const;
  const opened = await openDispute(db, buyer, { chatId, ...claim });
  if (!opened || !("disputeId" in opened)) throw new Error("No dispute was opened");
  return opened.disputeId;
}

/** A chat with a case in the hands of a moderator. */
export async function makeCase(db: Db) {
  const chat = await makeChat(db);
  const moderator = await makeUser(db, { role: "moderator", name: "Moderator" });
  const disputeId = await makeDispute(db, chat);
  await claimDispute(db, moderator, disputeId);
  return { chat, moderator, disputeId };
}

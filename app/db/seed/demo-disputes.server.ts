import { inArray, sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { chatParticipants } from "~/db/schema";
import { writeInCase } from "~/moderation/access/writing.server";
import { claimDispute } from "~/moderation/disputes/claim.server";
import { decideDispute } from "~/moderation/disputes/decide.server";
import { addNote } from "~/moderation/disputes/notes.server";
import { type Claim, openDispute } from "~/moderation/disputes/open-dispute.server";
import { saveTemplate } from "~/moderation/disputes/templates.server";
import { demoPeople } from "./content/people";

type DemoId = (kind: string, key: string) => string;

const templates = [
  {
    title: "Asks for pictures",
    body: "Hello {buyer}, hello {seller}. I am looking into the dispute about “{subject}”. Please send me pictures of the parcel and of what is wrong, here in the chat.",
  },
  {
    title: "Asks for proof of shipping",
    body: "Hello {seller}, please send the number of the parcel and the receipt of the carrier for “{subject}”.",
  },
  {
    title: "Will decide soon",
    body: "Thank you both. I have what I need and will decide this within a day.",
  },
];

/** A dispute in each status: open, in review with a moderator in the chat, and decided. */
export async function openDemoDisputes(tx: Db, demoId: DemoId): Promise<void> {
  const person = (key: string): Viewer => {
    const { name, role } = demoPeople.find((one) => one.key === key) ?? {};
    if (!name) throw new Error(`Nobody in the demo market is ${key}`);
    return { id: demoId("user", key), role: role ?? "user", name, sessionId: "" };
  };
  const moderator = person("moderator");
  const chatOf = (reference: string, buyerKey: string) =>
    demoId("chat", `${reference}/${buyerKey}`);
  async function open(buyerKey: string, claim: Claim): Promise<string> {
    const opened = await openDispute(tx, person(buyerKey), claim);
    if (!opened || !("disputeId" in opened)) throw new Error("A demo dispute was not opened");
    return opened.disputeId;
  }

  for (const template of templates) await saveTemplate(tx, moderator, template);

  const espresso = chatOf("L-1005", "buyer");
  await open("buyer", {
    chatId: espresso,
    reason: "not_as_described",
    wish: "refund",
    statement:
      "The machine arrived with a cracked tank and a bent steam wand. He had promised the original foam and used newspaper. He offers 60, a repair costs more than twice that.",
  });

  const suitcase = chatOf("L-1037", "anjali");
  const inReview = await open("anjali", {
    chatId: suitcase,
    reason: "not_as_described",
    wish: "partial_refund",
    statement:
      "One wheel does not turn, and the shell has a crack under the handle. She wrote that there are none.",
  });
  await claimDispute(tx, moderator, inReview);
  await writeInCase(tx, moderator, {
    chatId: suitcase,
    to: "both",
    clientId: demoId("client", "suitcase-moderator"),
    body: "Hello, I am Helen, a moderator. Anjali, please send pictures of the wheel and of the crack. Linh, do you have one of the suitcase from before you sent it?",
  });
  await addNote(
    tx,
    moderator,
    inReview,
    "The carrier's form says that the parcel came undamaged. Waiting for pictures from both.",
  );

  const pan = chatOf("L-1029", "aroha");
  const decided = await open("aroha", {
    chatId: pan,
    reason: "not_as_described",
    wish: "refund",
    statement: "The pan stood flat when I got it, and after a month on the hob it rocks.",
  });
  await claimDispute(tx, moderator, decided);
  await decideDispute(tx, moderator, decided, {
    outcome: "seller",
    text: "The pan was flat when it was handed over, as both of you wrote at the time. Cast iron can warp when it is heated fast on induction, which is not the seller's fault. The sale stands.",
  });

  // What everybody has read is no news on anybody's list.
  await tx
    .update(chatParticipants)
    .set({ readSeq: sql`c.last_seq`, deliveredSeq: sql`c.last_seq` })
    .from(sql`chats c`)
    .where(
      sql`c.id = ${chatParticipants.chatId} and ${inArray(chatParticipants.chatId, [espresso, suitcase, pan])}`,
    );
}

import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { db, sql } from "~test/database";
import { makeChat, makeUser } from "~test/factories";
import { say } from "~test/sending";

type TestChat = Awaited<ReturnType<typeof makeChat>>;
let chat: TestChat;
let clientId: string;

beforeAll(async () => {
  chat = await makeChat(db);
  clientId = randomUUID();
  await say(db, chat.buyer, chat.id, "Hello", { clientId });
});

type Row = Record<string, unknown>;

async function broken(table: string, row: Row): Promise<string> {
  try {
    await sql`insert into ${sql(table)} ${sql(row)}`;
    return "nothing";
  } catch (error) {
    return (error as { constraint_name?: string }).constraint_name ?? String(error);
  }
}

const message = (row: Row) => ({
  id: randomUUID(),
  chat_id: chat.id,
  seq: 100,
  version: 100,
  created_version: 100,
  sender_id: chat.buyer.id,
  client_id: randomUUID(),
  body: "Hello",
  ...row,
});

const aChat = async (row: Row) => {
  const [of] = await sql`select subject_id from chats where id = ${chat.id}`;
  return { id: randomUUID(), subject_id: of?.subject_id, buyer_id: randomUUID(), ...row };
};

describe("the database refuses a message", () => {
  const system = { type: "system", event: '{"kind":"chat_started"}', body: null };
  test.each<[string, () => Row | Promise<Row>, string]>([
    ["at a taken place", () => ({ seq: 2 }), "chat_messages_chat_id_seq_key"],
    ["at place 0", () => ({ seq: 0 }), "chat_messages_seq_positive"],
    [
      "under a taken client id",
      () => ({ client_id: clientId }),
      "chat_messages_chat_id_sender_id_client_id_key",
    ],
    [
      "of one who is not in the chat",
      async () => ({ sender_id: (await makeUser(db)).id }),
      "chat_messages_sender_is_participant_fk",
    ],
    [
      "of one of another chat",
      async () => ({ sender_id: (await makeChat(db)).buyer.id }),
      "chat_messages_sender_is_participant_fk",
    ],
    ["in no chat", () => ({ chat_id: randomUUID() }), "fk"],
    ["that answers what is not there", () => ({ reply_to: 50 }), "chat_messages_reply_to_fk"],
    ["that answers itself", () => ({ reply_to: 100 }), "chat_messages_reply_is_backwards"],
    ["of a type that nobody knows", () => ({ type: "video" }), "chat_messages_type_known"],
    ["that was changed before it came", () => ({ version: 99 }), "chat_messages_version_in_order"],
    ["without words", () => ({ body: "" }), "chat_messages_says_something"],
    ["without a body", () => ({ body: null }), "chat_messages_says_something"],
    ["of nobody", () => ({ sender_id: null }), "chat_messages_sender_unless_system"],
    ["without a client id", () => ({ client_id: null }), "chat_messages_sender_unless_system"],
    ["of the system with a sender", () => system, "chat_messages_sender_unless_system"],
    [
      "of the system that says nothing",
      () => ({ type: "system", sender_id: null, client_id: null }),
      "chat_messages_sender_unless_system",
    ],
    [
      "of a person that says an event",
      () => ({ event: '{"kind":"chat_started"}' }),
      "chat_messages_sender_unless_system",
    ],
  ])("%s", async (_, row, constraint) => {
    expect(await broken("chat_messages", message(await row()))).toMatch(constraint);
  });

  test("and takes one without fault", async () => {
    expect(await broken("chat_messages", message({}))).toBe("nothing");
  });
});

describe("the database refuses a chat", () => {
  test.each<[string, () => Row, string]>([
    [
      "of a subject and buyer who have one",
      () => ({ buyer_id: chat.buyer.id }),
      "chats_subject_id",
    ],
    ["of nobody", () => ({}), "chats_buyer_id_users_id_fk"],
    ["of an unknown status", () => ({ status: "lost" }), "chats_status_known"],
    ["that closed at no time", () => ({ status: "closed" }), "chats_closed_has_time"],
    ["with more messages than changes", () => ({ last_seq: 2 }), "chats_counters_in_order"],
    ["with a state newer than itself", () => ({ state_version: 2 }), "chats_counters_in_order"],
    ["about no subject", () => ({ subject_id: randomUUID() }), "chats_subject_id_subjects_id_fk"],
  ])("%s", async (what, row, constraint) => {
    const buyer = what === "of nobody" ? {} : { buyer_id: (await makeUser(db)).id };
    expect(await broken("chats", await aChat({ ...buyer, ...row() }))).toMatch(constraint);
  });
});

describe("the database refuses a participant", () => {
  test.each<[string, Row, string]>([
    ["as a second buyer", { role: "buyer" }, "chat_participants_one_buyer_one_seller"],
    ["as a second seller", { role: "seller" }, "chat_participants_one_buyer_one_seller"],
    ["in an unknown role", { role: "guest" }, "chat_participants_role_known"],
    ["who read what did not reach him", { read_seq: 1 }, "chat_participants_read_was_delivered"],
    ["who read less than nothing", { read_seq: -1 }, "chat_participants_read_was_delivered"],
  ])("%s", async (_, row, constraint) => {
    const user = await makeUser(db);
    const participant = { chat_id: chat.id, user_id: user.id, role: "moderator", ...row };
    expect(await broken("chat_participants", participant)).toMatch(constraint);
  });

  test("twice", async () => {
    const again = { chat_id: chat.id, user_id: chat.buyer.id, role: "moderator" };
    expect(await broken("chat_participants", again)).toBe("chat_participants_chat_id_user_id_pk");
  });

  test("but takes more than one moderator", async () => {
    for (const { id } of [await makeUser(db), await makeUser(db)]) {
      const moderator = { chat_id: chat.id, user_id: id, role: "moderator" };
      expect(await broken("chat_participants", moderator)).toBe("nothing");
    }
  });
});

describe("the database refuses people and subjects", () => {
  const user = (row: Row) => ({
    id: randomUUID(),
    email: `${randomUUID()}@test.example`,
    name: "A",
    ...row,
  });
  test.each<[string, string, () => Row, string]>([
    ["an e-mail in capitals", "users", () => user({ email: "A@test.example" }), "lower_case"],
    ["an e-mail with blank edges", "users", () => user({ email: " a@b.example" }), "lower_case"],
    ["no name", "users", () => user({ name: "" }), "users_name_length"],
    ["a name too long", "users", () => user({ name: "a".repeat(201) }), "users_name_length"],
    ["an unknown role", "users", () => user({ role: "root" }), "users_role_known"],
    ["a second epoch", "deployment", () => ({ epoch: randomUUID(), fingerprint: "x" }), "pkey"],
    [
      "an epoch under another key",
      "deployment",
      () => ({ only: "two", epoch: randomUUID(), fingerprint: "x" }),
      "deployment_one_row",
    ],
    [
      "a session of nobody",
      "sessions",
      () => ({ id: randomUUID(), user_id: randomUUID(), expires_at: new Date().toISOString() }),
      "sessions_user_id_users_id_fk",
    ],
  ])("%s", async (_, table, row, constraint) => {
    expect(await broken(table, row())).toMatch(constraint);
  });

  test("an e-mail that somebody has", async () => {
    const [row] = await sql`select email from users limit 1`;
    expect(await broken("users", user({ email: row?.email }))).toBe("users_email_key");
  });

  test.each<[Row, string]>([
    [{ price_amount: -1 }, "subjects_price_not_negative"],
    [{ stage: "lost" }, "subjects_stage_known"],
  ])("a subject with %j", async (row, constraint) => {
    const base = { id: randomUUID(), reference: randomUUID(), seller_id: chat.seller.id };
    const subject = { ...base, title: "A", price_amount: 1, price_currency: "EUR", ...row };
    expect(await broken("subjects", subject)).toBe(constraint);
    expect(await broken("subjects", { ...subject, reference: chat.reference })).toMatch(
      /subjects_/,
    );
  });
});

describe("the database refuses a picture", () => {
  const size = { width: 1, height: 1, bytes: 1, placeholder: "x", is_animated: false };
  const stored = { stored_at: new Date().toISOString() };
  const picture = (row: Row) => ({
    id: randomUUID(),
    chat_id: chat.id,
    uploader_id: chat.buyer.id,
    ...size,
    ...row,
  });
  const inMessage = async () => {
    const [of] = await sql`select id from chat_messages where client_id = ${clientId}`;
    return { message_id: of?.id, position: 0, ...stored };
  };

  test.each<[string, () => Row | Promise<Row>, string]>([
    ["without a size", () => ({ width: 0 }), "attachments_has_size"],
    ["without bytes", () => ({ bytes: 0 }), "attachments_has_size"],
    ["at a place of no message", () => ({ position: 0 }), "attachments_taken_has_place"],
    [
      "of a message at no place",
      async () => ({ ...(await inMessage()), position: null }),
      "attachments_taken_has_place",
    ],
    [
      "of a message whose objects are not whole",
      async () => ({ ...(await inMessage()), stored_at: null }),
      "attachments_taken_is_stored",
    ],
    ["with a large placeholder", () => ({ placeholder: "x".repeat(101) }), "placeholder_is_small"],
    ["of nobody", () => ({ uploader_id: randomUUID() }), "attachments_uploader_id"],
    ["of no chat", () => ({ chat_id: randomUUID() }), "attachments_chat_id"],
  ])("%s", async (_, row, constraint) => {
    expect(await broken("attachments", picture(await row()))).toMatch(constraint);
  });

  test("at a place that another one has", async () => {
    expect(await broken("attachments", picture(await inMessage()))).toBe("nothing");
    const again = await broken("attachments", picture(await inMessage()));
    expect(again).toBe("attachments_message_id_position_key");
  });
});

test("a participant who wrote cannot be taken out of his chat", async () => {
  const removing = sql`
    delete from chat_participants where chat_id = ${chat.id} and user_id = ${chat.buyer.id}`;
  await expect(removing).rejects.toThrow("chat_messages_sender_is_participant_fk");
});

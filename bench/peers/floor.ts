import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import postgres from "postgres";
import { storeBatches } from "./floor-batches.ts";
import { insertMessage, type PeerDraft, type PeerMessage } from "./message.ts";
import { serve } from "./serve.ts";

/**
 * The least that a live chat over HTTP and PostgreSQL can be, to compare with: nobody signs in,
 * nothing is checked, the message itself travels in the notification (which text of any length
 * could not), and what was notified while nobody listened is lost.
 */
const { DATABASE_URL = "", FLOOR } = process.env;
const sql = postgres(DATABASE_URL, { max: 10, onnotice: () => {} });
const store = FLOOR === "batches" ? storeBatches(sql) : storeOne;

const streams = new Map<string, ServerResponse>();
const readers = new Map<string, string[]>();
for (const row of await sql`select chat_id, user_id from chat_participants`) {
  readers.set(row.chat_id, [...(readers.get(row.chat_id) ?? []), row.user_id]);
}

await sql.listen("floor", (payload) => {
  for (const message of JSON.parse(payload) as PeerMessage[]) {
    const data = JSON.stringify({ chatId: message.chatId, version: message.seq, message });
    for (const userId of readers.get(message.chatId) ?? []) {
      streams.get(userId)?.write(`event: message.created\ndata: ${data}\n\n`);
    }
  }
});

async function storeOne(draft: PeerDraft): Promise<number> {
  const id = randomUUID();
  const { chatId, senderId, clientId, body } = draft;
  const [row] = await sql.unsafe(
    `${insertMessage}
     select seq, pg_notify('floor', json_build_array($6::text::jsonb || jsonb_build_object(
       'seq', seq, 'createdAt', created_at))::text) from stored`,
    [id, chatId, senderId, clientId, body, JSON.stringify({ id, ...draft })],
    { prepare: true },
  );
  return row?.seq;
}

async function send(request: IncomingMessage, response: ServerResponse) {
  let text = "";
  for await (const chunk of request) text += chunk;
  try {
    const seq = await store(JSON.parse(text));
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify({ seq }));
  } catch (error) {
    process.stderr.write(`${error}\n`);
    response.writeHead(500).end();
  }
}

function openStream(userId: string, response: ServerResponse) {
  response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
  response.write("event: hello\ndata: {}\n\n");
  streams.set(userId, response);
  response.on("close", () => streams.delete(userId));
}

serve(
  createServer((request, response) => {
    if (request.method === "POST") void send(request, response);
    else openStream((request.url ?? "").split("user=")[1] ?? "", response);
  }),
);

import { createServer, get } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { Viewer } from "~/accounts/viewer";
import { readHistory } from "~/chats/history.server";
import { listUnread } from "~/chats/list.server";
import { chatsAsLiveSource, readSnapshot } from "~/chats/live-source.server";
import { sendMessage } from "~/chats/send.server";
import type { Db } from "~/db/client.server";
import { formatCursor } from "~/live/cursor";
import type { LiveSource } from "~/live/live.server";
import { databaseUrl, db, sql } from "../test/database";
import { makeChat } from "../test/factories";
import { startLiveServer } from "../test/live-server";
import { check } from "./checks/check";
import type { History, Violation } from "./history";
import type { Loaded } from "./page";
import { seededRandom } from "./random";
import { Reader } from "./reader";
import { showLoaded } from "./screen";
import { readTruth } from "./truth";
import { type Fields, type Tried, Writer } from "./writer";

type Sabotage = {
  /** Stands between the streams and the database. */
  through?: (source: LiveSource) => LiveSource;
  /** The database that notifications are heard from. */
  listenTo?: string;
  /** Takes a send in the server's place. */
  send?: (viewer: Viewer, chatId: string, fields: Fields, honest: typeof send) => Promise<Tried>;
  /** Changes what a stream says on its way. */
  tamper?: (text: string) => string;
};

const SENDS = 24;
/** What is only late is no violation, on a machine that does much else; in ms. */
const PATIENCE = { honest: 20_000, sabotaged: 2_500 };

/**
 * The suite in small, in this process: one chat, one instance, and the same writers, readers and
 * checks. Half of the answers are lost, so that half of the sends are repeated.
 *
 * @returns the rules that were broken
 */
export async function rehearse(sabotage: Sabotage = {}): Promise<string[]> {
  const chat = await makeChat(db);
  const people = [chat.buyer, chat.seller];
  const { through, tamper } = sabotage;
  const server = await startLiveServer(db, sabotage.listenTo ?? databaseUrl, { through });
  const origin = await relay(server.port, tamper);
  const readers = people.map(
    ({ id, name, sessionId }, at) =>
      new Reader(
        {
          name,
          userId: id,
          origins: [origin],
          headers: { "x-viewer": `${id} ${sessionId}` },
          load: () => load(people[at] ?? chat.buyer, chat.id),
        },
        at,
      ),
  );
  onTestFinished(async () => {
    await Promise.all(readers.map((reader) => reader.stop()));
  });
  await Promise.all(readers.map((reader) => reader.start()));
  const writers = people.map((viewer) => writerOf(viewer, chat.id, sabotage));
  for (let at = 0; at < SENDS; at++) await writers[at % 2]?.send(chat.id);

  const isHonest = Object.keys(sabotage).length === 0;
  const deadline = performance.now() + PATIENCE[isHonest ? "honest" : "sabotaged"];
  for (;;) {
    const broken = check(await collect(chat.id, people, readers, writers));
    if (!broken.length || performance.now() > deadline) return rulesOf(broken);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Hands streams on, as text that may be changed: below HTTP a change would break its framing. */
async function relay(port: number, tamper = (text: string) => text): Promise<string> {
  const server = createServer(({ url, headers }, response) => {
    const asked = get({ port, path: url, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.setEncoding("utf8");
      answer.on("data", (text: string) => response.write(tamper(text)));
      answer.on("close", () => response.end());
    });
    asked.on("error", () => response.destroy());
    response.on("close", () => asked.destroy());
  });
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const rulesOf = (violations: Violation[]) => [...new Set(violations.map(({ rule }) => rule))];

async function collect(
  chatId: string,
  people: Viewer[],
  readers: Reader[],
  writers: Writer[],
): Promise<History> {
  const readings = await Promise.all(
    people.map(async (viewer, at) => ({
      reader: `Page ${at}`,
      userId: viewer.id,
      lineages: readers[at]?.lineages ?? [],
      reload: showLoaded(viewer.id, await load(viewer, chatId)),
      live: readers[at]?.show() ?? [],
    })),
  );
  return {
    sends: writers.flatMap(({ sends }) => sends),
    revisions: [],
    readings,
    chats: await readTruth(sql, [chatId]),
  };
}

async function load(viewer: Viewer, chatId: string): Promise<Loaded> {
  const [epoch, base] = [await chatsAsLiveSource(db).epoch(), await readSnapshot(db)];
  const unread = await listUnread(db, viewer);
  const history = await readHistory(db, viewer, { chatId, size: 1_000 });
  if (!history) throw new Error("There is such a chat");
  return { cursor: formatCursor({ epoch, base, ahead: new Map() }), unread, chats: [history] };
}

async function send(into: Db, viewer: Viewer, chatId: string, fields: Fields): Promise<Tried> {
  const { clientId = "", body = "" } = fields;
  const sent = await sendMessage(into, viewer, { chatId, clientId, body });
  if (!sent || !("message" in sent)) return { kind: "refused", status: 422 };
  return { kind: "done", message: sent.message };
}

function writerOf(viewer: Viewer, chatId: string, sabotage: Sabotage): Writer {
  const random = seededRandom(7);
  const { id: userId, name } = viewer;
  return new Writer({
    name,
    userId,
    chatIds: [chatId],
    instances: 1,
    random,
    repeatAfter: () => 1,
    submit: async (_instance, _chatId, fields) => {
      const tried = sabotage.send
        ? await sabotage.send(viewer, chatId, fields, send)
        : await send(db, viewer, chatId, fields);
      return random.below(2) ? tried : { kind: "unknown" };
    },
  });
}

import { randomUUID } from "node:crypto";
import { createServer, get, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { EventReader } from "~test/event-reader";
import type { Change } from "./change";
import type { Cursor } from "./cursor";
import { type EndReason, Stream } from "./stream.server";

const poll = { timeout: 10_000 };
const chatId = randomUUID();

function change(version: number, text = ""): Change {
  const data = { chatId, version, text };
  return { chatId, version, xid: BigInt(10 + version), event: "message.created", data };
}

/** A stream at its beginning and, once it is asked for, its reader. */
async function openStream(queueBytes = 1_048_576) {
  const ended: EndReason[] = [];
  const cursor: Cursor = {
    epoch: randomUUID(),
    base: { xmin: 10n, xmax: 10n, running: [] },
    ahead: new Map(),
  };
  let answer: (response: ServerResponse) => void;
  const asked = new Promise<ServerResponse>((resolve) => {
    answer = resolve;
  });
  const server = createServer((_, response) => answer(response));
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const request = get({ port: (server.address() as AddressInfo).port, agent: false });
  const received = new Promise<IncomingMessage>((resolve) => request.once("response", resolve));
  const response = await asked;
  const stream = new Stream("user", "session", response, cursor, queueBytes, (_, reason) =>
    ended.push(reason),
  );
  response.writeHead(200, { "Content-Type": "text/event-stream" });
  stream.write("hello", {});
  return { stream, cursor, response, ended, reader: new EventReader(await received) };
}

const snapshot = (xmax: bigint) => ({ xmin: xmax, xmax, running: [] });
const versions = (reader: EventReader) =>
  reader.named("message.created").map(({ data }) => data.version);

test("what is offered before a stream is live comes behind what was missed, once", async () => {
  const { stream, reader } = await openStream();
  for (const version of [2, 3, 4]) stream.offer(change(version));
  await stream.goLive([change(1), change(2)], snapshot(13n));
  stream.offer(change(4));
  stream.offer(change(5));
  await expect.poll(() => versions(reader), poll).toEqual([1, 2, 3, 4, 5]);
});

test("what is offered while a catch-up waits for its reader comes behind it", async () => {
  const { stream, reader, ended } = await openStream(400_000);
  const missed = Array.from({ length: 100 }, (_, at) => change(at + 1, "x".repeat(50_000)));
  const live = stream.goLive(missed, snapshot(111n));
  for (let version = 101; version <= 120; version++) {
    stream.offer(change(version, "x".repeat(50_000)));
  }
  await live;
  await expect
    .poll(() => versions(reader), poll)
    .toEqual(Array.from({ length: 120 }, (_, at) => at + 1));
  expect(ended).toEqual([]);
});

/** A catch-up that fills the socket of a reader who pauses. */
async function openStalled() {
  const opened = await openStream();
  const { stream, reader, response } = opened;
  reader.response.pause();
  const missed = Array.from({ length: 400 }, (_, at) => change(at + 1, "x".repeat(50_000)));
  const live = stream.goLive(missed, snapshot(411n));
  let before = -1;
  const full = () => {
    const still = response.socket?.bytesWritten === before && response.writableNeedDrain;
    before = response.socket?.bytesWritten ?? 0;
    return still;
  };
  await expect.poll(full, { ...poll, interval: 100 }).toBe(true);
  return { ...opened, live };
}

test("a reader who takes nothing of his catch-up for many beats is cut", async () => {
  const { stream, ended, live } = await openStalled();
  for (let beat = 1; beat <= 8; beat++) stream.beat();
  expect(ended).toEqual([]);
  stream.beat();
  expect(ended).toEqual(["too-slow"]);
  await live;
});

test("a reader who pauses for some beats gets the whole of his catch-up", async () => {
  const { stream, reader, ended, live } = await openStalled();
  for (let beat = 1; beat <= 8; beat++) stream.beat();
  reader.response.resume();
  await live;
  await expect.poll(() => versions(reader).length, poll).toBe(400);
  for (let beat = 1; beat <= 8; beat++) stream.beat();
  expect(ended).toEqual([]);
});

test("a stream that is too far behind before it is live is cut", async () => {
  const { stream, ended } = await openStream();
  for (let version = 1; version <= 10_001; version++) stream.offer(change(version));
  expect(ended).toEqual(["too-slow"]);
});

test("a stream ends once, and takes nothing more", async () => {
  const { stream, reader, ended } = await openStream();
  await stream.goLive([], snapshot(10n));
  stream.end("signed-out");
  stream.end("shutdown");
  stream.offer(change(1));
  stream.beat();
  await expect.poll(() => reader.closed, poll).toBe(true);
  expect([ended, reader.events.length]).toEqual([["signed-out"], 1]);
});

test("a position that was told is not told again, nor an older one", async () => {
  const { stream, reader } = await openStream();
  const at = { chatId, userId: "user", sharesReads: true, userIds: [] };
  stream.position({ ...at, readSeq: 2, deliveredSeq: 5 });
  stream.position({ ...at, readSeq: 1, deliveredSeq: 4 });
  stream.position({ ...at, readSeq: 3, deliveredSeq: 5 });
  const told = () => reader.events.slice(1).map(({ event, data }) => [event, data.seq]);
  await expect.poll(told, poll).toEqual([
    ["chat.delivered", 5],
    ["chat.read", 2],
    ["chat.read", 3],
  ]);
});

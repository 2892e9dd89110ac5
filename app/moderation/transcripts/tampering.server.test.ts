import { beforeAll, describe, expect, test } from "vitest";
import { editMessage, unsendMessage } from "~/chats/revise.server";
import type { Storage } from "~/storage/storage";
import { db } from "~test/database";
import { makeChat } from "~test/factories";
import { say } from "~test/sending";
import { canonical } from "../../../bin/transcript/canonical.mjs";
import { recordHash } from "../../../bin/transcript/chain.mjs";
import { findSeal } from "../../../bin/transcript/seal.mjs";
import { verifyTranscript } from "../../../bin/transcript/verify.mjs";
import { jsonFile } from "./json-file";
import { makeTranscript } from "./make.server";
import { readTranscriptRows } from "./read.server";
import { renderTranscript } from "./render.server";
import { signingKey } from "./signing-keys.server";
import type { Transcript } from "./transcript";

const hour = 3_600_000;
const secret = "a session secret, long enough for it";
const making = {
  exportedAt: "2025-03-01T12:00:00.000Z",
  exportedBy: null,
  caseId: null,
  operator: "https://chat.example.com",
};

async function chatWithHistory() {
  const chat = await makeChat(db);
  const { id: chatId, buyer, seller } = chat;
  const first = await say(db, buyer, chatId, 'Is the bicycle still there? <b>& "so"</b>');
  await editMessage(db, buyer, { chatId, seq: first.seq, body: "Is it there?", windowMs: hour });
  await say(db, seller, chatId, "Yes. Ναι, да, نعم, כן");
  const rude = await say(db, seller, chatId, "Go away");
  await unsendMessage(db, seller, { chatId, seq: rude.seq, windowMs: hour });
  await say(db, buyer, chatId, "Fine");
  return chat;
}

const noPictures = { get: async () => null } as unknown as Storage;

async function exported(format: "html" | "json" | "pdf") {
  const { id } = await chatWithHistory();
  const rows = await readTranscriptRows(db, id);
  if (!rows) throw new Error("There is no such chat");
  const transcript = await makeTranscript(rows, making);
  const key = await signingKey(db, secret);
  return renderTranscript(transcript, format, { storage: noPictures, key, locale: "en" });
}

const flipped = (file: Buffer, at: number) => {
  const changed = Buffer.from(file);
  changed[at] = (file[at] ?? 0) ^ 1;
  return changed;
};

describe.each(["json", "html", "pdf"] as const)("a transcript as %s", (format) => {
  let file: Buffer;
  beforeAll(async () => {
    file = await exported(format);
  });

  test("is whole as it was exported", () => {
    expect(verifyTranscript(file)).toMatchObject({ faults: [], firstMessage: null, broken: [] });
  });

  test("shows a changed byte in each of its parts, and says in which", () => {
    const { seal, covered } = findSeal(file, format) ?? {};
    if (!seal || !covered) throw new Error("There is no seal");
    // Of a PDF the seal stands before the last part.
    const sealAt = format === "pdf" ? file.lastIndexOf("%parley-seal ") : file.length;
    const sealBytes = file.length - covered.length;
    const inFile = (at: number) => (at < sealAt ? at : at + sealBytes);
    let start = 0;
    for (const [name, bytes] of seal.parts) {
      for (const at of [start, start + Math.floor(bytes / 2), start + bytes - 1]) {
        const finding = verifyTranscript(flipped(file, inFile(at)));
        expect(finding?.faults).toContain(`changed: ${name}`);
        if (name.startsWith("message ")) expect(finding?.firstMessage).toBe(name);
      }
      start += bytes;
    }
  });

  test("shows a changed byte wherever it is, in the seal too", () => {
    const seal = file.length - 1 - (file.length - file.lastIndexOf("parley-seal"));
    for (let at = 0; at < file.length; at += at < seal ? 97 : 13) {
      const finding = verifyTranscript(flipped(file, at));
      if (!finding?.faults.length) throw new Error(`Nobody notices byte ${at}`);
    }
  });

  test("shows that it was cut, went on, or lost something in between", () => {
    const half = Math.floor(file.length / 2);
    const others = [
      file.subarray(0, -1),
      file.subarray(0, half),
      Buffer.concat([file, Buffer.from("\n")]),
      Buffer.concat([file.subarray(0, half), file.subarray(half + 1)]),
      Buffer.concat([file, file]),
    ];
    for (const other of others) expect(verifyTranscript(other)?.faults).not.toEqual([]);
  });
});

test("the first message that differs is named when all hashes behind it were made anew", async () => {
  const file = await exported("json");
  const { document, seal } = JSON.parse(file.toString());
  document.messages[3].parts.body.value = "Yes, for 900";
  let { previous } = document.messages[3];
  for (const record of document.messages.slice(3)) {
    record.previous = previous;
    record.hash = recordHash(record);
    previous = record.hash;
  }
  document.head.hash = previous;
  const forged = `{"document":${canonical(document)},"seal":${canonical(seal)}}\n`;
  expect(verifyTranscript(Buffer.from(forged))).toMatchObject({
    firstMessage: `message ${document.messages[3].seq} (version ${document.messages[3].version})`,
    faults: expect.arrayContaining([expect.stringMatching(/^changed: message 3 /)]),
  });
});

test("the chain names the first changed message without any seal", async () => {
  const file = await exported("json");
  const { document } = JSON.parse(file.toString());
  document.messages[4].parts.body.value = "Something else";
  const { seq, version } = document.messages[4];
  expect(verifyTranscript(Buffer.from(`{"document":${canonical(document)}}\n`))).toMatchObject({
    faults: ["the seal is missing, cut off or changed", expect.stringContaining("chain breaks")],
    firstMessage: `message ${seq} (version ${version})`,
  });
});

test("what is no transcript is not taken for one", () => {
  for (const text of ["", "hello", "{}", "[1]"]) {
    expect(verifyTranscript(Buffer.from(text))).toBeNull();
  }
});

test("one from before verdicts stood in them verifies as ever", async () => {
  const { id } = await chatWithHistory();
  const rows = await readTranscriptRows(db, id);
  if (!rows) throw new Error("There is no such chat");
  const { verdicts: _, ...transcript } = await makeTranscript(rows, making);
  const key = await signingKey(db, secret);
  const file = await jsonFile(transcript as Transcript, key);
  expect(verifyTranscript(file)).toMatchObject({ faults: [], broken: [] });
});

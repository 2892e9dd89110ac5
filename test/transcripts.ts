import { expect } from "vitest";
import type { Transcript } from "~/moderation/transcripts/transcript";
import type { Storage } from "~/storage/storage";
import { verifyTranscript } from "../bin/transcript/verify.mjs";

/** What an export needs beside what it is about. */
export const means = {
  storage: { get: async () => null } as unknown as Storage,
  secret: "a session secret, long enough for it",
  operator: null,
  locale: "en" as const,
  now: new Date("2025-03-01T12:00:00Z"),
};

/** What stands in a transcript as JSON, which has to be whole. */
export function documentOf(file: { bytes: Buffer } | null): Transcript {
  if (!file) throw new Error("There is no transcript");
  expect(verifyTranscript(file.bytes)).toMatchObject({ faults: [], broken: [] });
  return JSON.parse(file.bytes.toString()).document;
}

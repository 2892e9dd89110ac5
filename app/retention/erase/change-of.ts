import type { SystemEvent } from "~/chats/system-event";
import {
  chained,
  type ErasedPart,
  type MessageRow,
  versionsOf,
} from "~/moderation/transcripts/records";
import { partHash } from "../../../bin/transcript/chain.mjs";
import type { Erasing } from "./erasing";
import type { Mask, Whose } from "./masks";

/** What somebody's erasure changes of a message. */
export type MessageErasure = {
  id: string;
  seq: number;
  /** The version that this was found at. */
  version: number;
  /** What stood where something goes, for the chain. */
  parts: ErasedPart[];
  /** What is left in versions, the one of now among them. */
  left: { version: number; body: string | null; redactionReason: string | null }[];
  event: MessageRow["event"];
  /** It is to be taken back, as its sender could have. */
  isToGo: boolean;
};

type Of = {
  erasing: Erasing;
  whose: Whose;
  salt: string;
  /** Whether it was taken back or removed before. */
  isGone: boolean;
  /** The hash of a record, by its version: asked for where what is not a part of its own changes. */
  recordHash: (version: number) => string;
};

/** @returns null where it stays as it is */
export function changeOf(row: MessageRow, of: Of): MessageErasure | null {
  const { erasing, whose, salt, isGone, recordHash } = of;
  const mask = erasing.masks[whose];
  const goes = whose === "own" && erasing.messages === "removed";
  const parts: ErasedPart[] = [];
  const left: MessageErasure["left"] = [];
  for (const version of versionsOf([row])) {
    const record = chained(version, { chatId: row.chat_id, salt, previous: "" });
    const note = (part: "body" | "pictures" | "redactionReason") => {
      const was = record.parts[part];
      if (was) parts.push({ version: version.version, part, hash: partHash(was) });
    };
    const body = goes ? null : version.body && mask(version.body);
    const redactionReason = version.redactionReason && erasing.masks.staff(version.redactionReason);
    if (body !== version.body) note("body");
    if (redactionReason !== version.redactionReason) note("redactionReason");
    const isWorded = version.pictures.some(({ alt }) => alt && mask(alt) !== alt);
    if (version.pictures.length > 0 && (goes || isWorded)) note("pictures");
    left.push({ version: version.version, body, redactionReason });
  }
  const event = eventLeft(row.event, erasing.masks.staff);
  if (event !== row.event) {
    parts.push({ version: row.version, part: "record", hash: recordHash(row.version) });
  }
  const isToGo = goes && !isGone;
  if (!parts.length && !isToGo) return null;
  const { id, seq, version } = row;
  return { id, seq, version, parts, left, event, isToGo };
}

/** What is left of what a system message says; all else in it is words of our own. */
export function eventLeft(event: SystemEvent | null, mask: Mask): SystemEvent | null {
  if (event?.kind === "moderator_joined") {
    const name = mask(event.name);
    return name === event.name ? event : { ...event, name };
  }
  if (event?.kind === "dispute_decided") {
    const text = mask(event.text);
    return text === event.text ? event : { ...event, text };
  }
  return event;
}

import { systemPhrase } from "~/ui/chat/phrases";
import type { Part } from "../../../bin/transcript/chain.mjs";
import type { PictureFacts, TranscriptRecord } from "./records";
import { shownTime, type Translate } from "./show.server";
import { showPicture } from "./show-picture";
import type { ShownMessage, ShownText, ShownVersion } from "./shown";
import type { Transcript } from "./transcript";

/** Other work goes on between so many messages. */
const messagesAtOnce = 100;

/**
 * The messages in the order in which they were sent, each with all of its versions.
 *
 * @param prefix of their names as parts of a file
 */
export async function showMessages(
  { messages, people }: Pick<Transcript, "messages" | "people">,
  t: Translate,
  prefix = "",
): Promise<ShownMessage[]> {
  const bySeq = Map.groupBy(messages, ({ seq }) => seq);
  const shown: ShownMessage[] = [];
  for (const [seq, records] of [...bySeq].sort(([a], [b]) => a - b)) {
    if (shown.length % messagesAtOnce === messagesAtOnce - 1) await new Promise(setImmediate);
    const [first] = records;
    if (!first) continue;
    const sender = people.find(({ id }) => id === first.sender);
    const nobody = first.event?.kind === "host" ? "host" : "system";
    const role = t(`transcript.role.${sender?.role ?? nobody}`);
    const shownPictures = shownValue<PictureFacts[]>(first.parts.pictures) ?? [];
    shown.push({
      part: `${prefix}message ${seq}`,
      title: t("transcript.message", { seq }),
      sender: sender?.name ? `${sender.name} (${role})` : role,
      time: shownTime(first.at),
      replyTo: first.replyTo === null ? null : t("transcript.replyTo", { seq: first.replyTo }),
      versions: records.map((record) => showVersion(record, record === records.at(-1), t)),
      pictures: shownPictures.map((picture, at) => showPicture(picture, at, t)),
    });
  }
  return shown;
}

function showVersion(record: TranscriptRecord, isCurrent: boolean, t: Translate): ShownVersion {
  const { body, pictures, redactionReason } = record.parts;
  const reason = shownValue<string>(redactionReason);
  const text = eventText(record, t) ?? textOf(body) ?? leftOf(record);
  const masked = [body, pictures].find((part) => part && "hash" in part);
  const note = reason
    ? t("transcript.reason", { reason })
    : masked && "hash" in masked
      ? t(record.erased ? "transcript.erased" : "transcript.maskedWhole", { hash: masked.hash })
      : record.erased?.record
        ? t("transcript.erasedRecord")
        : null;
  const isSilent = text === null && note === null && record.change === "sent" && !pictures;
  return {
    change: t(`transcript.change.${record.change}`),
    time: shownTime(record.at),
    text,
    note: isSilent ? t("transcript.noWords") : note,
    isCurrent,
    hash: t("transcript.hash", { hash: record.hash }),
  };
}

/** What a system message says, and with a decision its words; the host's words are its body. */
function eventText({ event }: TranscriptRecord, t: Translate): ShownText | null {
  if (!event || event.kind === "host") return null;
  const { id, values } = systemPhrase(event, null);
  const words = event.kind === "dispute_decided" ? `\n${event.text}` : "";
  return [t(id, values) + words];
}

function textOf(part: Part | undefined): ShownText | null {
  if (!part || "hash" in part) return null;
  if ("value" in part) return part.value === null ? null : [String(part.value)];
  const text: ShownText = [];
  for (const piece of part.pieces) {
    const words = "value" in piece ? String(piece.value) : null;
    if (words === null || text.at(-1) == null) text.push(words);
    else text.push(`${text.pop()}${words}`);
  }
  return text;
}

/** What a message says since somebody was erased, whose name stood in it. */
function leftOf({ erased }: TranscriptRecord): ShownText | null {
  return erased?.body ? [erased.body] : null;
}

function shownValue<Value>(part: Part | undefined): Value | null {
  return part && "value" in part ? (part.value as Value) : null;
}

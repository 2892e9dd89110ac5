import type { PushPayload } from "./payload";

/**
 * Of a push 4,096 bytes arrive (RFC 8030, 7.2), of which encryption takes 103. What is left beside
 * these, in bytes of UTF-8, is for ids and paths.
 */
const [mostOfTitle, mostOfBody] = [600, 2_400];

/** What a push says, as much of it as arrives: a character may be made of very many. */
export function light<Payload extends PushPayload>(payload: Payload): Payload {
  const rest = "rest" in payload && payload.rest && shortened(payload.rest);
  // What is shown only where nothing is left is a sentence of Parley's own.
  return rest ? { ...payload, rest } : { ...payload, ...shortened(payload) };
}

const shortened = ({ title, body }: { title: string; body: string }) => ({
  title: cut(title, mostOfTitle),
  body: cut(body, mostOfBody),
});

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

function cut(text: string, mostBytes: number): string {
  if (Buffer.byteLength(text) <= mostBytes) return text;
  let [kept, bytes] = ["", Buffer.byteLength("…")];
  // No character takes less than a byte, so that what lies behind need not be looked at.
  for (const { segment } of segmenter.segment(text.slice(0, mostBytes))) {
    bytes += Buffer.byteLength(segment);
    if (bytes > mostBytes) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

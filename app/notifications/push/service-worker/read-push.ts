import type { PushPayload } from "../payload";

/** @returns null for what is no push of ours, or of a Parley of another day */
export function readPush(data: { json(): unknown } | null): PushPayload | null {
  let said: Partial<Record<string, unknown>>;
  try {
    said = Object(data?.json());
  } catch {
    return null;
  }
  const isWhole = (fields: string[], type: string) =>
    fields.every((field) => typeof said[field] === type && said[field] !== "");
  if (!isWhole(["title", "path", "tag"], "string")) return null;
  if (said.kind === "notification") return said as PushPayload;
  const isOfChat = said.kind === "messages" || said.kind === "read";
  return isOfChat && isWhole(["seq", "unread"], "number") ? (said as PushPayload) : null;
}

import { parse } from "cookie";

/**
 * Whether loading a page is reading it. Where scripts run they say what was seen, in a visible tab;
 * they announce themselves by a cookie that does not outlive them for long.
 */
export function marksRead(request: Request, { isDocument }: { isDocument: boolean }): boolean {
  // What is fetched ahead or in the background is not looked at.
  if (!isDocument || request.headers.has("Sec-Purpose")) return false;
  return parse(request.headers.get("Cookie") ?? "").scripted !== "1";
}

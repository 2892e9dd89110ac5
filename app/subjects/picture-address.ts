/**
 * Where a subject's picture may be: a path of our own, or an address at one of the origins that the
 * operator lists, because pages may show pictures from nowhere else.
 *
 * @param origins as `URL.origin` writes them
 */
export function isPictureAddress(text: string, origins: readonly string[]): boolean {
  const ours = "https://parley.invalid";
  if (!URL.canParse(text, ours)) return false;
  const { protocol, origin, username, password } = new URL(text, ours);
  // Browsers read a backslash as a slash, and leave tabs and line breaks out.
  if (origin === ours) return /^\/(?![/\\])[^\\\s]*$/.test(text);
  return /^https?:$/.test(protocol) && origins.includes(origin) && !username && !password;
}

/** @returns the origins in a list with commas between them; null where one is none, or not of the web */
export function parseOrigins(list: string): string[] | null {
  const parts = list
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);
  const origins = parts.flatMap((part) => {
    const url = URL.canParse(part) ? new URL(part) : null;
    const isOrigin = url && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href;
    return isOrigin ? [url.origin] : [];
  });
  return origins.length === parts.length ? origins : null;
}

/**
 * A random UUID (version 4): a client id, or what names something in this browser. The browser's own
 * maker of them is missing where a page came by plain http.
 */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(31));
  let at = 0;
  return "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
    // The 8 keeps its highest bit, as the standard's variant asks for.
    (Number(digit) ^ ((bytes[at++] ?? 0) & (15 >> (Number(digit) / 4)))).toString(16),
  );
}

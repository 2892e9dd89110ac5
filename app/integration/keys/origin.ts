/** Characters; longer than any name that there can be, with `https://` and a port. */
const longest = 300;

const isLocal = ({ hostname }: URL) =>
  ["localhost", "127.0.0.1", "[::1]"].includes(hostname) || hostname.endsWith(".localhost");

/**
 * An origin as browsers write it: in lower case, without the usual port, names of other scripts as
 * they are looked up.
 *
 * @returns `notAnOrigin` for what has a path, a name, a wildcard or no host; `insecure` for http, but to
 *   one's own machine: whoever is between could read along with the token
 */
export function originOf(typed: string): string | { refused: "notAnOrigin" | "insecure" } {
  const text = typed.trim();
  const url = text.length <= longest && /^https?:\/\//i.test(text) ? URL.parse(text) : null;
  // As it would be without all that an origin has not.
  const isBare = url?.href === `${url?.origin}/` && !/[?#@*\\]/.test(text);
  if (!url || !isBare || url.origin.length > longest) return { refused: "notAnOrigin" };
  return url.protocol === "https:" || isLocal(url) ? url.origin : { refused: "insecure" };
}

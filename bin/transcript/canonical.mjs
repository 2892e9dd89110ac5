import { hash } from "node:crypto";

/**
 * JSON in exactly one way: keys in the order of their UTF-16 units, no white space, `<` as
 * `\u003c` so that a page can hold it. Else as RFC 8785 has it.
 *
 * @param {unknown} value
 * @returns {string}
 */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") {
    return JSON.stringify(value).replaceAll("<", "\\u003c");
  }
  const fields = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, one]) => `${canonical(key)}:${canonical(one)}`);
  return `{${fields.join(",")}}`;
}

/** In hex. @param {string | Uint8Array} content */
export const sha256 = (content) => hash("sha256", content, "hex");

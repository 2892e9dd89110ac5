import { gzipSync } from "node:zlib";
import type { PageRequest } from "./page-client.ts";

const scriptTags =
  /<script[^>]*\ssrc="([^"]+\.js)"|<link[^>]*modulepreload[^>]*\shref="([^"]+\.js)"/g;
const preloads = /<link[^>]*\shref="([^"]+\.js)"[^>]*modulepreload/g;
const imports = /(?:\bfrom|\bimport)\s*"([^"]+\.js)"/g;
/** What the client's entry loads for the page's language, by a name that holds it. */
const catalogImports = /\bimport\("([^"]+\/([\w-]{2,})-[\w-]{8}\.js)"\)/g;

/**
 * Bytes of all JavaScript that a page loads before anything is done on it: scripts, modules that it
 * preloads or imports, and what those import; each file gzipped.
 */
export async function scriptBytes(page: PageRequest): Promise<number> {
  const html = await (await get(page, page.path)).text();
  const language = /<html[^>]*\slang="([\w-]+)"/.exec(html)?.[1];
  const wanted = [
    ...found(html, scriptTags, page.path),
    ...found(html, preloads, page.path),
    ...found(html, imports, page.path),
  ];
  const known = new Set<string>();
  let bytes = 0;
  for (let path = wanted.shift(); path; path = wanted.shift()) {
    if (known.has(path)) continue;
    known.add(path);
    const source = await (await get(page, path)).text();
    bytes += gzipSync(source).length;
    wanted.push(...found(source, imports, path));
    for (const [, file = "", name] of source.matchAll(catalogImports)) {
      if (name === language) wanted.push(resolvePath(file, path));
    }
  }
  return bytes;
}

function found(text: string, pattern: RegExp, from: string): string[] {
  return [...text.matchAll(pattern)].map(([, first, second]) =>
    resolvePath(first ?? second ?? "", from),
  );
}

function resolvePath(path: string, from: string): string {
  return new URL(path, `http://page${from}`).pathname;
}

async function get({ origin, cookie }: PageRequest, path: string): Promise<Response> {
  const headers = { Cookie: cookie, Accept: "*/*", "Accept-Encoding": "identity" };
  const answer = await fetch(origin + path, { headers });
  if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}`);
  return answer;
}

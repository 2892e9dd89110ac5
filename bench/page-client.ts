import { setTimeout as sleep } from "node:timers/promises";
import { HttpConnection } from "./load/http-connection.ts";

/** A page and who asks for it. */
export type PageRequest = { origin: string; path: string; cookie: string };

/** Without `Accept-Encoding`: packing is the proxy's work where there is one. */
function textOf({ origin, path, cookie }: PageRequest): string {
  return `GET ${path} HTTP/1.1\r\nHost: ${origin.slice(7)}\r\nAccept: text/html\r\nCookie: ${cookie}\r\n\r\n`;
}

/**
 * Pages a second that a server renders when so many are asked for at a time.
 *
 * @throws when a page is not answered with 200
 */
export async function pagesPerSecond(
  page: PageRequest,
  { atOnce, warmUpMs, measureMs }: { atOnce: number; warmUpMs: number; measureMs: number },
): Promise<number> {
  const request = textOf(page);
  let count = 0;
  let isOver = false;
  const connections = Array.from({ length: atOnce }, () => new HttpConnection(page.origin));
  const asking = connections.map(async (connection) => {
    while (!isOver) {
      await load(connection, request, page.path);
      count += 1;
    }
  });
  const measuring = (async () => {
    await sleep(warmUpMs);
    const [before, since] = [count, performance.now()];
    await sleep(measureMs);
    const perSecond = ((count - before) / (performance.now() - since)) * 1000;
    isOver = true;
    return perSecond;
  })();
  try {
    await Promise.all([measuring, ...asking]);
    return await measuring;
  } finally {
    isOver = true;
    for (const connection of connections) connection.close();
  }
}

/**
 * Asks for pages by turns, one at a time, so that whatever else goes on meets all of them.
 *
 * @returns for each page how long its answers took, in ms
 */
export async function timePages(pages: PageRequest[], rounds: number): Promise<number[][]> {
  const asked = pages.map((page) => ({
    request: textOf(page),
    path: page.path,
    connection: new HttpConnection(page.origin),
    times: [] as number[],
  }));
  const warmUp = Math.ceil(rounds / 4);
  for (let round = -warmUp; round < rounds; round++) {
    for (const { connection, request, path, times } of asked) {
      const before = performance.now();
      await load(connection, request, path);
      if (round >= 0) times.push(performance.now() - before);
    }
  }
  for (const { connection } of asked) connection.close();
  return asked.map(({ times }) => times);
}

async function load(connection: HttpConnection, request: string, path: string): Promise<void> {
  const status = await connection.send(request);
  if (status !== 200) throw new Error(`${path} was answered with ${status}`);
}

import type { Plugin } from "vite";

/**
 * Repairs of postgres.js 3.4.9, made while it is bundled: what happens when a connection dies under
 * a query. Unrepaired, a killed backend or a restarted PostgreSQL ends the whole process
 * (porsager/postgres#1066, #1154, #1208), leaves connections of the pool that never write again,
 * fails the next query with the last error of the dead backend, and runs what is left of a dead
 * transaction by itself or inside of another one (#1216). Each piece has to be found: a version
 * that is built differently fails the build.
 */
const repairs: Record<string, [found: string, mended: string][]> = {
  "connection.js": [
    // Nobody is there to write to: whoever waits has to hear it.
    [
      "    const x = socket.write(chunk, fn)\n",
      `    if (socket === null) {
      nextWriteTimer !== null && clearImmediate(nextWriteTimer)
      chunk = nextWriteTimer = null
      error(Errors.connection('CONNECTION_CLOSED', options, socket))
      query = null
      return false
    }
    const x = socket.write(chunk, fn)
`,
    ],
    // A timer that was cleared is none, and what was not written belongs to the dead connection.
    [
      "    clearImmediate(nextWriteTimer)\n    socket.removeListener('data', data)\n",
      `    clearImmediate(nextWriteTimer)
    chunk = nextWriteTimer = null
    socket.removeListener('data', data)
`,
    ],
    // Also after an error: a query may have come between the error and the end. And nothing of the
    // dead backend is left for the next one.
    [
      "    !hadError && (query || sent.length) && error(",
      `    errorResponse = results = null
    result = new Result()
    const unsettled = query || sent.length
    unsettled && error(`,
    ],
    [
      "    closedTime = performance.now()\n    hadError &&",
      "    query = null\n    closedTime = performance.now()\n    hadError &&",
    ],
  ],
  "index.js": [
    // A transaction ends with its connection, which soon carries somebody else's.
    [
      "      , connection\n      , prepare = null\n",
      "      , connection\n      , prepare = null\n      , lost = null\n",
    ],
    [
      "new Promise((_, reject) => connection.onclose = reject)",
      `new Promise((_, reject) => connection.onclose = e => {
          lost = e
          while (queries.length) queries.shift().reject(e)
          reject(e)
        })`,
    ],
    [
      "        q.catch(e => uncaughtError || (uncaughtError = e))\n",
      `        q.catch(e => uncaughtError || (uncaughtError = e))
        if (lost) return q.reject(lost)
`,
    ],
    // So does the reservation of a connection.
    [
      "    c.reserved.release = true\n",
      `    c.reserved.release = true
    let lost = null
    c.onclose = e => {
      lost = e
      while (queue.length) queue.shift().reject(e)
    }
`,
    ],
    [
      "    sql.release = () => {\n      c.reserved = null\n",
      `    sql.release = () => {
      if (lost) return
      c.onclose = null
      c.reserved = null
`,
    ],
    [
      "    function handler(q) {\n      c.queue === full\n        ? queue.push(q)",
      `    function handler(q) {
      if (lost) return q.reject(lost)
      c.queue === full
        ? queue.push(q)`,
    ],
  ],
};

export function mendedPostgres(): Plugin {
  return {
    name: "mended-postgres",
    enforce: "pre",
    config: () => ({ ssr: { noExternal: ["postgres"] } }),
    transform(source, id) {
      const [, file = ""] = /\/postgres\/src\/(\w+\.js)(?:\?|$)/.exec(id) ?? [];
      return repairs[file]?.reduce((text, [found, mended]) => {
        if (text.split(found).length !== 2) throw new Error(`${id} has changed: ${found}`);
        return text.replace(found, () => mended);
      }, source);
    },
  };
}

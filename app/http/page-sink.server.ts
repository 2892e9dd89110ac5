import type { ServerResponse } from "node:http";
import { Writable } from "node:stream";

type Answer = ServerResponse & { flush?: () => void };

/**
 * Where React writes a page: straight into the answer, whose head must be set by then. React writes
 * in pieces of 2 kB; here all that it has at one time becomes one, and a page that is there as a
 * whole goes with its length and the end of the answer.
 *
 * @param abort ends the rendering, because nobody takes the page any more
 */
export function pageSink(res: Answer, abort: () => void): Writable {
  let pieces: Buffer[] = [];
  const taken = () => {
    const whole = Buffer.concat(pieces);
    pieces = [];
    return whole;
  };
  const send = () => {
    if (!pieces.length || res.destroyed) return;
    res.write(taken());
    // What packs the answer would hold it back until a block of it is full.
    res.flush?.();
  };
  const sink = new Writable({
    // React stops in the middle of a page where a stream says that it is full.
    highWaterMark: Number.MAX_SAFE_INTEGER,
    // It would end its work once more.
    emitClose: false,
    write(piece: Buffer, _encoding, done) {
      pieces.push(piece);
      done();
    },
    final(done) {
      const rest = taken();
      if (!res.headersSent) res.setHeader("Content-Length", rest.length);
      res.end(rest);
      done();
    },
  });
  res.once("close", () => {
    if (sink.writableFinished) return;
    sink.destroy();
    abort();
  });
  // React calls it when there is no more for now, and also just before the end.
  return Object.assign(sink, { flush: () => queueMicrotask(send) });
}

import { Writable } from "node:stream";

/**
 * Where React writes a page, and the body that its answer has. React writes in pieces of 2 kB; here
 * all that it has at one time becomes one, because each passes through half a dozen streams to the
 * socket.
 *
 * @param abort ends the rendering, because nobody takes the page any more
 */
export function pageBody(abort: () => void) {
  let body: ReadableStreamDefaultController<Uint8Array>;
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => {
      body = controller;
    },
    cancel() {
      destination.destroy();
      abort();
    },
  });
  const destination = Object.assign(
    new Writable({
      // React stops in the middle of a page where a stream says that it is full.
      highWaterMark: Number.MAX_SAFE_INTEGER,
      // It would end its work once more.
      emitClose: false,
      writev(pieces, done) {
        body.enqueue(Buffer.concat(pieces.map(({ chunk }) => chunk)));
        done();
      },
      final(done) {
        body.close();
        done();
      },
      destroy(error, done) {
        if (error) body.error(error);
        done(error);
      },
    }),
    {
      /** React calls it when there is no more for now. */
      flush() {
        destination.uncork();
        destination.cork();
      },
    },
  );
  destination.cork();
  return { body: stream, destination };
}

import type { IncomingMessage } from "node:http";
import { FormFault, type FormSource } from "./form-fault.server";

export type BodyChunks = {
  /** @returns null at the end. @throws FormFault when the sender went away */
  next(): Promise<Uint8Array | null>;
  /** Aborted when the sender went away. */
  gone: AbortSignal;
  /** Leaves the rest of the body to whoever drains it. */
  release(): void;
};

/**
 * Gives a body piece by piece and only when asked: what nobody asked for yet waits at its sender.
 * Never destroys the request, because the server's answer would go with it.
 */
export function bodyChunks(source: FormSource): BodyChunks {
  return source instanceof Request ? chunksOfRequest(source) : chunksOfMessage(source);
}

function chunksOfRequest(request: Request): BodyChunks {
  const reader = request.body?.getReader();
  return {
    next: async () => (await reader?.read())?.value ?? null,
    gone: request.signal,
    release: () => reader?.releaseLock(),
  };
}

function chunksOfMessage(message: IncomingMessage): BodyChunks {
  // Made when somebody asks for it: of a plain form nobody does.
  let gone: AbortController | undefined;
  let failure: unknown;
  let asked: PromiseWithResolvers<Uint8Array | null> | undefined;

  const give = (chunk: Buffer) => {
    message.pause();
    asked?.resolve(chunk);
    asked = undefined;
  };
  const end = () => asked?.resolve(null);
  const fail = (error: unknown) => {
    failure ??= error;
    gone?.abort();
    asked?.reject(failure);
  };
  const leave = () => {
    // Who hangs up in the middle sends no end.
    if (!message.readableEnded) fail(new FormFault(400, { id: "error.brokenForm" }));
  };
  // Node tells of it by an error as well, which is no fault of ours.
  const failOrLeave = (error: unknown) => (message.destroyed ? leave() : fail(error));
  message.pause();
  message.on("data", give).on("end", end).on("error", failOrLeave).on("close", leave);

  return {
    get gone() {
      gone ??= new AbortController();
      if (failure) gone.abort();
      return gone.signal;
    },
    next() {
      if (failure) return Promise.reject(failure);
      if (message.readableEnded) return Promise.resolve(null);
      asked = Promise.withResolvers();
      const { promise } = asked;
      message.resume();
      return promise;
    },
    release() {
      message.off("data", give).off("end", end).off("close", leave);
    },
  };
}

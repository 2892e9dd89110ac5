import { type IncomingHttpHeaders, request } from "node:http";

export type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer };

export type Question = {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: string;
  timeoutMs: number;
};

/** No whole answer came. `mayHaveArrived`: what was asked may have taken effect. */
export class NoAnswer extends Error {
  constructor(
    readonly mayHaveArrived: boolean,
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause));
  }
}

/**
 * One request over a connection of its own.
 *
 * @throws NoAnswer
 */
export function ask(
  origin: string,
  { method, path, headers, body, timeoutMs }: Question,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let mayHaveArrived = false;
    const fail = (error: unknown) => {
      clearTimeout(timer);
      reject(new NoAnswer(mayHaveArrived, error));
    };
    const asked = request(`${origin}${path}`, {
      method,
      agent: false,
      headers: { ...headers, Origin: origin },
    });
    const timer = setTimeout(() => {
      asked.destroy(new Error(`No answer in ${timeoutMs} ms`));
    }, timeoutMs);
    asked.on("socket", (socket) => {
      socket.once("connect", () => {
        mayHaveArrived = true;
      });
    });
    asked.on("error", fail);
    asked.on("response", (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", fail);
      response.on("close", () => {
        if (!response.complete) return fail(new Error("Cut off"));
        clearTimeout(timer);
        const { statusCode = 0, headers: answered } = response;
        resolve({ status: statusCode, headers: answered, body: Buffer.concat(parts) });
      });
    });
    asked.end(body);
  });
}

import { type ChildProcessByStdio, spawn } from "node:child_process";
import { extname } from "node:path";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { log } from "~/operations/log.server";
import type { FileBytes } from "../incoming-file";
import { type Frame, frameParts, frameReader } from "./frames";
import type { Outcome, Task } from "./tasks";

/** Node runs the source; the build puts a bundle of it beside the chunk that this is in. */
const program = fileURLToPath(
  new URL(`./picture-process${extname(import.meta.url)}`, import.meta.url),
);

/** Nothing of the server's own: whoever breaks a decoder finds no secret there. */
const environment = {
  PATH: process.env.PATH,
  NODE_ENV: process.env.NODE_ENV,
  // One picture is decoded at a time; more arenas and threads would only hold more memory.
  MALLOC_ARENA_MAX: "2",
  UV_THREADPOOL_SIZE: "2",
  VIPS_WARNING: "1",
};

const maxLastWords = 2_000;

/** What became of a task whose process died or had to be ended. */
export class PictureProcessDied extends Error {
  override name = "PictureProcessDied";
}

export type Child = {
  /** One at a time. @throws PictureProcessDied */
  run(task: Task, body: FileBytes): Promise<Frame<Outcome>>;
  /** For when it has nothing to do: it ends by itself. */
  end(): void;
  /** The task fails. */
  kill(): void;
  pid: number | undefined;
};

/**
 * Starts a process that decodes pictures: with memory of its own, of the lowest priority, and free
 * to die alone. It ends when this process does, however that happens.
 *
 * @param onEnd it takes no more tasks
 */
export function startChild({ onEnd }: { onEnd: () => void }): Child {
  const child: ChildProcessByStdio<Writable, Readable, Readable> = spawn(
    process.execPath,
    [program],
    { env: environment, stdio: ["pipe", "pipe", "pipe"] },
  );
  let task: PromiseWithResolvers<Frame<Outcome>> | undefined;
  let lastWords = "";

  const ended = (how: string | number | null) => {
    onEnd();
    if (!task) return;
    log.warn({ how, lastWords }, "picture process died");
    task.reject(new PictureProcessDied());
    task = undefined;
  };
  child.once("error", (error) => ended(error.message));
  child.once("close", (code, signal) => ended(signal ?? code));
  // It is gone; its end says the same.
  child.stdin.on("error", () => {});
  child.stderr.on("data", (words) => {
    lastWords = `${lastWords}${words}`.slice(-maxLastWords);
  });
  child.stdout.on(
    "data",
    frameReader<Outcome>((frame) => {
      task?.resolve(frame);
      task = undefined;
    }),
  );
  // While it has nothing to do, nobody waits for it.
  const handles = [child, child.stdin, child.stdout, child.stderr] as {
    ref(): void;
    unref(): void;
  }[];
  for (const handle of handles) handle.unref();

  return {
    pid: child.pid,
    end: () => child.stdin.end(),
    kill: () => child.kill("SIGKILL"),
    async run(head, body) {
      task = Promise.withResolvers();
      for (const handle of handles) handle.ref();
      // All pieces in one system call, as far as the pipe has room.
      child.stdin.cork();
      for (const part of frameParts(head, ...body)) child.stdin.write(part);
      child.stdin.uncork();
      try {
        return await task.promise;
      } finally {
        for (const handle of handles) handle.unref();
      }
    },
  };
}

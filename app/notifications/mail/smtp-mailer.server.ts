import { Readable } from "node:stream";
import { createTransport, type SendMailOptions } from "nodemailer";
import { NotTaken } from "~/jobs/deliver-once.server";
import { type Mailer, Refused } from "./mailer.server";
import { messageOptions } from "./message-options.server";

type Options = {
  /** As in `smtps://user:secret@mail.example.com`; its parameters are nodemailer's options. */
  url: string;
  from: string;
};

/**
 * How long the mail server is waited for, in ms. All of them together are less than `deliverOnce`
 * waits for an attempt that handed over.
 */
const times = {
  dnsTimeout: 10_000,
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 60_000,
};

type Outgoing = { isOut: boolean; handOver: () => Promise<void> };

/** Sends by SMTP, over a few connections that stay open while there is something to send. */
export function smtpMailer({ url, from }: Options): Mailer {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 3,
    maxMessages: 100,
    ...times,
  });
  transport.use("stream", ({ data, message }, done) => {
    const { outgoing } = data as Handed;
    const create = message.createReadStream.bind(message);
    message.createReadStream = (options) => handingOver(() => create(options), outgoing);
    done();
  });
  return {
    way: "smtp",
    async send(mail, { handOver, signal }) {
      const outgoing: Outgoing = { isOut: false, handOver };
      const stopping = new AbortController();
      // Once it is handed over its answer is worth waiting for.
      const stop = () => outgoing.isOut || stopping.abort();
      signal?.addEventListener("abort", stop, { once: true });
      if (signal?.aborted) stop();
      const handed: Handed = {
        ...messageOptions(from, mail),
        outgoing,
        signal: stopping.signal,
      };
      try {
        await transport.sendMail(handed);
      } catch (error) {
        throw whatCameOf(error, outgoing);
      } finally {
        signal?.removeEventListener("abort", stop);
      }
    },
    close: () => transport.close(),
  };
}

type Handed = SendMailOptions & { outgoing: Outgoing };

/**
 * The message, which is read once the server said that it takes one. It ends, and only then is the
 * final dot written, when it is noted that it is handed over.
 */
function handingOver(create: () => Readable, outgoing: Outgoing): Readable {
  async function* parts() {
    yield* create();
    await outgoing.handOver();
    // A connection that ended meanwhile writes no dot.
    outgoing.isOut = !stream.destroyed;
  }
  const stream = Readable.from(parts());
  return stream;
}

type Failure = Error & {
  code?: string;
  originalCode?: string;
  command?: string;
  responseCode?: number;
  response?: string;
};

/**
 * What an error of nodemailer's means for whether the mail was taken. What the mail server answered
 * stays out of it: it says whose address it is, and logs are for nobody's address.
 */
function whatCameOf(error: unknown, { isOut }: Outgoing): unknown {
  if (!(error instanceof Error)) return error;
  const failure: Failure = error;
  const { code, originalCode, command, responseCode = 0 } = failure;
  // What `handOver` failed with is ours, and kept the dot back.
  if (code === "ESTREAM" && !isOut) return new NotTaken(error.message, { cause: error });
  const about = [code, originalCode, responseCode || null, statusOf(failure)].filter(Boolean);
  const message = `The mail server did not take it (${about.join(" ")}, at ${command ?? "no command"})`;
  if (isNoAddress(failure)) return new Refused(message);
  return responseCode >= 400 || !isOut ? new NotTaken(message) : new Error(message);
}

/** As in `5.1.1` (RFC 3463). */
function statusOf({ response = "" }: Failure): string | undefined {
  return /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1];
}

/** Not so 5.7 and the like, which are about what the operator has set and may be mended. */
function isNoAddress(failure: Failure): boolean {
  const { command, responseCode = 0 } = failure;
  if (command !== "RCPT TO" || responseCode < 500) return false;
  const status = statusOf(failure);
  return status ? /^5\.[12]\./.test(status) : [550, 551, 553].includes(responseCode);
}

import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";
import { onTestFinished } from "vitest";
import type { Mailer } from "~/notifications/mail/mailer.server";
import { smtpMailer } from "~/notifications/mail/smtp-mailer.server";

/** What the mail server says instead of taking something; hanging up and silence are no answers at all. */
type Answer = { code: number; text: string } | "hang up" | "silence" | null;

/** A mail server that takes what it is sent, unless a test has it answer otherwise. */
export type MailServer = {
  url: string;
  /** What it took, as a mail program reads it, and as it came. */
  mails: (Email & { source: string })[];
  /** How often somebody wanted to send something. */
  attempts: number;
  toRecipient: (address: string) => Answer;
  /** After the final dot: taken or not, nobody knows before the answer. */
  toMessage: () => Answer;
};

/** Closed when the test ends. */
export async function startMailServer(): Promise<MailServer> {
  const sockets = new Set<{ destroy: () => void }>();
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    onRcptTo({ address }, _session, done) {
      state.attempts++;
      const answer = state.toRecipient(address);
      if (answer !== "silence") done(failureOf(answer));
    },
    async onData(stream, _session, done) {
      // One that was cut off on its way is none.
      const source = await text(stream).catch(() => null);
      if (source === null) return;
      const answer = state.toMessage();
      if (answer === null || typeof answer === "string") {
        state.mails.push({ ...(await PostalMime.parse(source)), source });
      }
      if (answer === "hang up") for (const socket of sockets) socket.destroy();
      else if (answer !== "silence") done(failureOf(answer));
    },
  });
  // Connections that are cut are what some tests are about.
  server.on("error", () => {});
  server.server.on("connection", (socket) => sockets.add(socket));
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });
  const { port } = server.server.address() as AddressInfo;
  const state: MailServer = {
    url: `smtp://127.0.0.1:${port}`,
    mails: [],
    attempts: 0,
    toRecipient: () => null,
    toMessage: () => null,
  };
  return state;
}

/** Sends to it; closed when the test ends. */
export function mailerTo({ url }: MailServer): Mailer {
  const mailer = smtpMailer({ url, from: "Parley <chat@market.example>" });
  onTestFinished(() => mailer.close());
  return mailer;
}

function failureOf(answer: Answer): Error | null {
  if (answer === null || typeof answer === "string") return null;
  return Object.assign(new Error(answer.text), { responseCode: answer.code });
}

/** A header as it was sent, unfolded. */
export function header({ headers }: Email, name: string): string | undefined {
  return headers.find(({ key }) => key === name.toLowerCase())?.value;
}

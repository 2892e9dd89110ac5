import { expect, test } from "vitest";
import { NotTaken } from "~/jobs/deliver-once.server";
import { header, mailerTo, startMailServer } from "~test/mail-server";
import { type Mail, Refused } from "./mailer.server";
import { smtpMailer } from "./smtp-mailer.server";

const mail: Mail = {
  to: { name: "Ada Buyer", address: "ada@people.example" },
  subject: "A subject",
  text: "Some text\n",
  html: "<p>Some text</p>",
  messageId: "abc123@market.example",
  list: { id: "message.market.example", name: "Parley: unread messages" },
  unsubscribeUrl: "https://market.example/mail/unsubscribe/a.b.c",
};

/** Counts, and knows what the server had taken when it was called. */
function handing(taken: () => number) {
  const at: number[] = [];
  return { at, handOver: async () => void at.push(taken()) };
}

test("a mail arrives whole, and is handed over before the server can have taken it", async () => {
  const server = await startMailServer();
  const { at, handOver } = handing(() => server.mails.length);
  await mailerTo(server).send(mail, { handOver });
  const [got] = server.mails;
  expect(at).toEqual([0]);
  expect(got).toMatchObject({
    from: { name: "Parley", address: "chat@market.example" },
    to: [{ name: "Ada Buyer", address: "ada@people.example" }],
    subject: "A subject",
    text: expect.stringMatching(/^Some text\s*$/),
    messageId: "<abc123@market.example>",
  });
  expect(got?.html).toContain("<p>Some text</p>");
  expect(got && header(got, "List-Unsubscribe")).toBe(`<${mail.unsubscribeUrl}>`);
  expect(got && header(got, "List-Unsubscribe-Post")).toBe("List-Unsubscribe=One-Click");
  expect(got && header(got, "List-ID")).toContain("<message.market.example>");
  expect(got && header(got, "Auto-Submitted")).toBe("auto-generated");
});

test("a line break in a name, a subject or an address begins no header", async () => {
  const server = await startMailServer();
  const evil = "Ada\r\nBcc: victim@people.example\r\n\r\nHello";
  const to = { name: evil, address: "ada@people.example" };
  await mailerTo(server).send({ ...mail, to, subject: evil }, { handOver: async () => {} });
  const [got] = server.mails;
  expect(got?.bcc ?? []).toEqual([]);
  expect(got?.to).toHaveLength(1);
  expect(got?.source).not.toMatch(/^(bcc|hello)/im);
  expect(got?.text?.trim()).toBe("Some text");
});

test("a line that is a dot, or ends as old Macs did, does not end the mail", async () => {
  const server = await startMailServer();
  const text = "One\n.\nTwo\r.\rThree\r\n.\r\nMAIL FROM:<evil@people.example>\n";
  await mailerTo(server).send({ ...mail, text }, { handOver: async () => {} });
  expect(server.mails).toHaveLength(1);
  expect(server.mails[0]?.text).toContain("MAIL FROM:<evil@people.example>");
});

test("an address that there is not is refused for good, before anything is handed over", async () => {
  const server = await startMailServer();
  const mailer = mailerTo(server);
  for (const text of ["5.1.1 No such mailbox", "No such user here <ada@people.example>"]) {
    server.toRecipient = () => ({ code: 550, text });
    const { at, handOver } = handing(() => 0);
    const failure = await mailer.send(mail, { handOver }).catch((error) => error);
    expect(failure).toBeInstanceOf(Refused);
    // It goes into logs and onto pages.
    expect(failure.message).not.toContain("ada@");
    expect(at).toEqual([]);
  }
});

test.for([
  ["busy", 451, "4.3.2 Try again later"],
  ["closed to us, which the operator may mend", 550, "5.7.1 Relaying denied"],
] as const)("a server that is %s is tried again later", async ([, code, text]) => {
  const server = await startMailServer();
  const mailer = mailerTo(server);
  server.toRecipient = () => ({ code, text });
  const send = () => mailer.send(mail, { handOver: async () => {} });
  const failure = await send().catch((error) => error);
  expect(failure).toBeInstanceOf(NotTaken);
  expect(failure).not.toBeInstanceOf(Refused);
  server.toRecipient = () => null;
  await send();
  expect(server.mails).toHaveLength(1);
});

test("what the server refuses after it has read it may be sent again", async () => {
  const server = await startMailServer();
  server.toMessage = () => ({ code: 452, text: "4.2.2 Mailbox full" });
  const { at, handOver } = handing(() => 0);
  const send = mailerTo(server).send(mail, { handOver });
  await expect(send).rejects.toBeInstanceOf(NotTaken);
  expect(at).toHaveLength(1);
});

test("where the server is gone after the whole mail was sent nobody knows, and it is not repeated", async () => {
  const server = await startMailServer();
  server.toMessage = () => "hang up";
  const { at, handOver } = handing(() => 0);
  const failure = await mailerTo(server)
    .send(mail, { handOver })
    .catch((error) => error);
  expect(failure).toBeInstanceOf(Error);
  expect(failure).not.toBeInstanceOf(NotTaken);
  expect([at.length, server.mails.length, server.attempts]).toEqual([1, 1, 1]);
});

test("what could not be noted as handed over is not sent", async () => {
  const server = await startMailServer();
  const failing = mailerTo(server).send(mail, {
    handOver: () => Promise.reject(new Error("No database")),
  });
  await expect(failing).rejects.toThrow("No database");
  expect(server.mails).toEqual([]);
});

test("where there is no server nothing is handed over", async () => {
  const mailer = smtpMailer({ url: "smtp://127.0.0.1:1", from: "chat@market.example" });
  const { at, handOver } = handing(() => 0);
  await expect(mailer.send(mail, { handOver })).rejects.toBeInstanceOf(NotTaken);
  expect(at).toEqual([]);
  mailer.close();
});

test("what waits for its turn when the process stops is for another attempt", async () => {
  const server = await startMailServer();
  const stopping = AbortSignal.abort(new Error("Stopping"));
  const { at, handOver } = handing(() => 0);
  const send = mailerTo(server).send(mail, { handOver, signal: stopping });
  await expect(send).rejects.toBeInstanceOf(NotTaken);
  expect([at.length, server.mails.length]).toEqual([0, 0]);
});

import { join } from "node:path";
import { type Environment, environment } from "~/operations/environment.server";
import { folderMailer } from "./folder-mailer.server";
import type { MailPlace } from "./mail-place";
import { mailWay } from "./mail-way.server";
import type { Mailer } from "./mailer.server";
import { smtpMailer } from "./smtp-mailer.server";

type Given = Pick<Environment, "smtpUrl" | "mailFrom" | "demo" | "dataDir" | "publicUrl">;

export const mailFolder = ({ dataDir }: Pick<Given, "dataDir">) => join(dataDir, "mail");

/** For who runs this: to which server mails go, or into which folder a demo writes them. */
export function mailPlace(given: Pick<Given, "smtpUrl" | "demo" | "dataDir">): MailPlace {
  if (given.smtpUrl) return { way: "smtp", place: new URL(given.smtpUrl).host };
  const way = mailWay(given);
  return way === "folder" ? { way, place: mailFolder(given) } : { way: "none", place: "" };
}

/** From whom mails are; a demo needs no address of its own. */
export const mailFrom = (given: Pick<Given, "mailFrom" | "publicUrl">) =>
  given.mailFrom ?? `Parley <parley@${given.publicUrl?.hostname ?? "localhost"}>`;

export function openMailer(given: Given): Mailer | null {
  const from = mailFrom(given);
  if (given.smtpUrl) return smtpMailer({ url: given.smtpUrl, from });
  return mailWay(given) === "folder" ? folderMailer({ folder: mailFolder(given), from }) : null;
}

let opened: { mailer: Mailer | null } | undefined;

/** That of this process; null where there is none to send with. */
export function ownMailer(): Mailer | null {
  opened ??= { mailer: openMailer(environment()) };
  return opened.mailer;
}

import { createHash } from "node:crypto";
import { settingsPath, unsubscribePath } from "~/http/paths";
import type { ToldKind } from "~/notifications/choices";
import { environment } from "~/operations/environment.server";
import { toHtml } from "./html";
import type { MailContent, MailLink } from "./mail-content";
import type { MailLanguage } from "./mail-language.server";
import type { Mail } from "./mailer.server";
import { mailFrom } from "./own-mailer.server";
import { toPlainText } from "./plain-text";
import { isRefusable, unsubscribeToken } from "./unsubscribe-token.server";
import { oneLine } from "./words";

type Made = {
  /** What is delivered: the same mail has the same one. */
  key: string;
  kind: ToldKind;
  reader: { id: string; name: string; email: string };
  content: MailContent;
  language: MailLanguage;
  /** What it goes on about: mail programs show those of the same together. */
  thread?: string;
};

/** A mail with all that stands around what it says. */
export function makeMail({ key, kind, reader, content, language, thread }: Made): Mail {
  const { t, locale } = language;
  const domain = domainOf(mailFrom(environment()));
  const unsubscribeUrl = isRefusable(kind)
    ? ownUrl(unsubscribePath(unsubscribeToken({ userId: reader.id, kind })))
    : undefined;
  const links: MailLink[] = [
    ...content.links,
    { label: t("mail.settings"), url: ownUrl(settingsPath) },
    ...(unsubscribeUrl ? [{ label: t("mail.unsubscribe"), url: unsubscribeUrl }] : []),
  ];
  const whole = { ...content, links };
  const brand = t("app.name");
  return {
    to: { name: oneLine(reader.name), address: reader.email },
    subject: content.subject,
    text: toPlainText(whole),
    html: toHtml(whole, { locale, brand }),
    messageId: `${digestOf(key)}@${domain}`,
    references: thread && `${digestOf(thread)}@${domain}`,
    list: {
      id: `${kind.replace("_", "-")}.${domain}`,
      name: `${brand}: ${t(`mail.list.${kind}`)}`,
    },
    unsubscribeUrl,
  };
}

/** A path of this Parley as an address. It signs nobody in. */
export function ownUrl(path: string): string {
  const { publicUrl, port } = environment();
  return new URL(path, publicUrl ?? `http://localhost:${port}`).href;
}

/** In a Message-ID, whose every character is seen by strangers. */
const digestOf = (said: string) => createHash("sha256").update(said).digest("hex").slice(0, 40);

/** @param from as in `Parley <chat@example.com>` */
const domainOf = (from: string) => /@([\w.-]+)>?\s*$/.exec(from)?.[1] ?? "localhost";

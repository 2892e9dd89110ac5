import type { SendMailOptions } from "nodemailer";
import type { Mail } from "./mailer.server";

/**
 * A mail as nodemailer takes it, which encodes and folds each header: a line break in a name or a
 * subject begins no header. Nothing is read from files or fetched for it.
 */
export function messageOptions(from: string, mail: Mail): SendMailOptions {
  const { to, subject, text, html, messageId, references, list, unsubscribeUrl } = mail;
  return {
    from,
    to,
    subject,
    text,
    html,
    messageId: `<${messageId}>`,
    references: references && `<${references}>`,
    textEncoding: "quoted-printable",
    disableFileAccess: true,
    disableUrlAccess: true,
    list: {
      id: { url: list.id, comment: list.name },
      ...(unsubscribeUrl && { unsubscribe: unsubscribeUrl }),
    },
    headers: {
      // RFC 3834: nobody's absence is answered to a program.
      "Auto-Submitted": "auto-generated",
      "X-Auto-Response-Suppress": "All",
      // RFC 8058: it takes one request, which no scanner of links makes by itself.
      ...(unsubscribeUrl && { "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" }),
    },
  };
}

import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import type { Mailer } from "./mailer.server";
import { messageOptions } from "./message-options.server";

type Options = { folder: string; from: string };

/**
 * Writes mails into a folder, for a demo that has no mail server: one `.eml` file each, which mail
 * programs open. The same mail is the same file.
 */
export function folderMailer({ folder, from }: Options): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: "windows" });
  return {
    way: "folder",
    async send(mail, { handOver }) {
      const { message } = await transport.sendMail(messageOptions(from, mail));
      const path = join(folder, `${mail.messageId.replace(/[^\w-].*$/s, "")}.eml`);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(`${path}.unfinished`, message, { mode: 0o600 });
      await rename(`${path}.unfinished`, path);
      // Here that can come last: another attempt would write the same file again.
      await handOver();
    },
    close: () => {},
  };
}

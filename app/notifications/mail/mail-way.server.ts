import type { Environment } from "~/operations/environment.server";

/** Where mails go: to a mail server; in a demo without one into a folder; else there are none. */
export function mailWay({
  smtpUrl,
  demo,
}: Pick<Environment, "smtpUrl" | "demo">): "smtp" | "folder" | "none" {
  if (smtpUrl) return "smtp";
  return demo ? "folder" : "none";
}

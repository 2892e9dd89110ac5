import type { CaseNews, Notification } from "~/notifications/notification";
import type { Phrase } from "~/ui/i18n";

/** What a notification says, without what it is about. */
export function newsPhrase({ kind, data }: Notification): Phrase {
  const { what } = data;
  switch (kind) {
    case "case":
      return { id: `centre.case.${what as CaseNews}` };
    case "sanction":
      return { id: `centre.sanction.${what as "imposed" | "lifted" | "appealDecided"}` };
    case "removal":
      return { id: `centre.removal.${what as "removed" | "restored" | "appealDecided"}` };
    case "report":
      return { id: `centre.report.${what as "decided" | "appealDecided"}` };
    case "webhook":
      return { id: `centre.webhook.${what as "failing" | "gone"}` };
    case "sign_in":
      return { id: "centre.signIn" };
  }
}

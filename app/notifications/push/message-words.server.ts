import type { Message } from "~/chats/message";
import { isOfHost } from "~/chats/system-event";
import type { Choices } from "~/notifications/choices";
import { oneLine, written } from "~/notifications/mail/words";
import { i18nOf } from "~/ui/catalogs.server";
import { messagePreview } from "~/ui/chat/phrases";
import { type I18n, locales } from "~/ui/i18n";

/** Of a message as much leaves with a push, in characters as people see them. */
const maxCharacters = 180;

type Told = Pick<Choices, "locale" | "pushContent">;

/** Sentences in the language that a person was last seen to read. */
export function languageOf({ locale }: Pick<Choices, "locale">): I18n {
  return i18nOf(locales.find((known) => known === locale) ?? "en");
}

/** What a push says of unread messages: as much as the person chose. */
export function wordsOf(
  { newest, count }: { newest: Message; count: number },
  choices: Told,
): { title: string; body: string } {
  const { t } = languageOf(choices);
  if (choices.pushContent === "nothing") {
    return { title: t("app.name"), body: t("push.messages") };
  }
  const name = isOfHost(newest) ? t("app.marketplace") : oneLine(newest.sender?.name ?? "");
  if (choices.pushContent === "sender") return { title: name, body: t("push.count", { count }) };
  // Its title names the host already.
  const preview = (isOfHost(newest) && newest.body) || messagePreview(newest);
  const text = typeof preview === "string" ? preview : t(preview.id, preview.values);
  const title = count > 1 ? t("push.countOf", { name, count }) : name;
  return { title, body: written(text, maxCharacters) };
}

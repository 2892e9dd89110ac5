import type { Chat } from "~/chats/chat";
import type { Language } from "~/ui/i18n";

/** That nobody is called for a chat: a bell to see, its word to hear. */
export const mutedMark = ({ mutedUntil }: Chat, t: Language["t"]) =>
  mutedUntil && <span className="icon icon-bell-off chat-muted">{t("chat.muted")} </span>;

import type { ShownContent } from "~/notifications/choices";
import type { MailContent, MailedChat } from "./mail-content";
import type { MailLanguage } from "./mail-language.server";
import { oneLine, written } from "./words";

/** A chat with messages that its reader did not read and was not mailed of yet. */
export type UnreadChat = {
  id: string;
  title: string;
  /** Who wrote them, each once, the latest first; null is the host marketplace. */
  senders: (string | null)[];
  /** How many there are, those that are not in `messages` as well. */
  count: number;
  /** The latest of them in the order in which they came, as the chat's page shows them. */
  messages: { sender: string | null; body: string | null; pictures: number }[];
  /** A moderator reads by his case, where it is noted, and not in a mail. */
  isOfModerator: boolean;
};

export type Digest = {
  chats: UnreadChat[];
  /** How many more chats have such messages. */
  further: number;
  content: ShownContent;
  /** Where a chat is opened, and all of them. */
  urlOf: (chatId: string) => string;
  chatsUrl: string;
};

const mostCharacters = 300;
const mostNames = 3;

/** What somebody is mailed of his unread messages, with as much of them as he chose. */
export function digestContent(digest: Digest, { t }: MailLanguage): MailContent {
  const { chats, further, content, chatsUrl } = digest;
  const count = chats.reduce((sum, chat) => sum + chat.count, 0);
  const [only] = chats;
  const footer = [t("mail.digest.why"), t("mail.noReply")];
  if (content === "nothing" || !only) {
    const subject = t("mail.digest.nothing", { count });
    const open = { kind: "link", label: t("mail.digest.openAll"), url: chatsUrl } as const;
    const text = { kind: "text", text: t("mail.digest.nothingText") } as const;
    return { subject, preview: text.text, title: subject, parts: [text, open], footer, links: [] };
  }
  const subject =
    chats.length === 1 && further === 0
      ? t("mail.digest.one", { count, name: namesOf(only, t) })
      : t("mail.digest.many", { count, chats: chats.length + further });
  const parts: MailContent["parts"] = chats.map((chat) => ({
    kind: "chat",
    chat: mailedChat(chat, digest, t),
  }));
  if (further > 0) {
    parts.push({ kind: "text", text: t("mail.digest.further", { count: further }) });
    parts.push({ kind: "link", label: t("mail.digest.openAll"), url: chatsUrl });
  }
  const preview = content === "full" ? previewOf(only, t) : namesOf(only, t);
  return { subject, preview, title: subject, parts, footer, links: [] };
}

function mailedChat(chat: UnreadChat, digest: Digest, t: MailLanguage["t"]): MailedChat {
  const link = { label: t("mail.digest.open"), url: digest.urlOf(chat.id) };
  const summary = t("mail.digest.count", { count: chat.count });
  if (digest.content !== "full" || chat.isOfModerator) {
    return { names: namesOf(chat, t), about: null, summary, earlier: null, messages: [], link };
  }
  const earlier = chat.count - chat.messages.length;
  return {
    names: namesOf(chat, t),
    about: t("mail.digest.about", { title: oneLine(chat.title) }),
    summary: null,
    earlier: earlier > 0 ? t("mail.digest.earlier", { count: earlier }) : null,
    messages: chat.messages.map((message) => ({
      sender: nameOf(message.sender, t),
      text: textOf(message, t),
    })),
    link,
  };
}

/** Pictures stay where only those of the chat can see them. */
function textOf({ body, pictures }: UnreadChat["messages"][number], t: MailLanguage["t"]): string {
  const words = written(body ?? "", mostCharacters);
  const shown = pictures > 0 ? `[${t("mail.digest.pictures", { count: pictures })}]` : "";
  return [shown, words].filter(Boolean).join("\n");
}

function previewOf(chat: UnreadChat, t: MailLanguage["t"]): string {
  const last = chat.messages.at(-1);
  return last && !chat.isOfModerator ? oneLine(textOf(last, t), 120) : namesOf(chat, t);
}

function namesOf({ senders }: UnreadChat, t: MailLanguage["t"]): string {
  const names = senders.slice(0, mostNames).map((name) => nameOf(name, t));
  return senders.length > mostNames ? `${names.join(", ")}, …` : names.join(", ");
}

const nameOf = (sender: string | null, t: MailLanguage["t"]) =>
  sender === null ? t("app.marketplace") : oneLine(sender);

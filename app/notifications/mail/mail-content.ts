/**
 * What a mail says, in the reader's words, and nothing of how it looks: its HTML and its plain text
 * are made from the same one. Whatever people wrote stands in it as they wrote it; what renders it
 * escapes.
 */
export type MailContent = {
  /** One line; names in it are `oneLine`. */
  subject: string;
  /** What stands beside the subject in a list of mails. */
  preview: string;
  title: string;
  parts: MailPart[];
  /** Why it came, and what else stands below. */
  footer: string[];
  /** Below that; the first is where one chooses what one is told. */
  links: MailLink[];
};

export type MailPart =
  | { kind: "text"; text: string }
  /** What somebody wrote who is named above it. */
  | { kind: "quote"; label: string; text: string }
  | { kind: "chat"; chat: MailedChat }
  | ({ kind: "link" } & MailLink);

export type MailLink = { label: string; url: string };

/** A chat with its unread messages, as much of them as the reader chose. */
export type MailedChat = {
  names: string;
  about: string | null;
  /** How many there are, where they are not shown. */
  summary: string | null;
  /** How many more came before those that are shown. */
  earlier: string | null;
  messages: { sender: string; text: string }[];
  link: MailLink;
};

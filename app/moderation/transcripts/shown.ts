/**
 * A transcript in words, as HTML and PDF lay it out: plain data, so that another thread can take it.
 */
export type ShownTranscript = {
  lang: string;
  title: string;
  about: string;
  warning: string | null;
  facts: Labelled[];
  people: Table;
  messagesTitle: string;
  messages: ShownMessage[];
  disputesTitle: string;
  disputes: { title: string; lines: string[]; pictures: ShownPicture[] }[];
  threads: { title: string; people: Table; messages: ShownMessage[] }[];
  verdicts: Table;
  actions: Table;
  checksTitle: string;
  checks: string[];
  maskedWord: string;
};

export type Labelled = { label: string; value: string };

export type Table = { title: string; columns: string[]; rows: string[][] };

/** Words, and null where some are masked. */
export type ShownText = (string | null)[];

export type ShownMessage = {
  /** Its name as a part of a file. */
  part: string;
  title: string;
  sender: string;
  time: string;
  replyTo: string | null;
  versions: ShownVersion[];
  pictures: ShownPicture[];
};

export type ShownVersion = {
  change: string;
  time: string;
  /** What it said then; null where the words of `note` stand for it. */
  text: ShownText | null;
  note: string | null;
  /** It is what the chat shows. */
  isCurrent: boolean;
  hash: string;
};

export type ShownPicture = {
  id: string;
  caption: string;
  alt: string | null;
  hash: string;
  /** Shown when its bytes are at hand. */
  width: number;
  height: number;
  notShown: string;
};

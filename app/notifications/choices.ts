import type { shownContents } from "~/db/schema";
import type { NotificationKind } from "./notification";
import type { QuietHours } from "./quiet-hours";

export type ShownContent = (typeof shownContents)[number];

/** What a person can choose about: messages, and each kind of notification. */
export const choiceKinds = [
  "message",
  "case",
  "sanction",
  "removal",
  "report",
  "sign_in",
] as const satisfies readonly ToldKind[];

/** All that people are told of, chosen or not: that something here does not work, admins always are. */
export type ToldKind = "message" | NotificationKind;

export type ChoiceKind = (typeof choiceKinds)[number];

/** Outside of Parley's own pages. */
export const channels = ["push", "mail"] as const;

export type Channel = (typeof channels)[number];

export type ChoicesByKind = Record<ChoiceKind, Record<Channel, boolean>>;

/** What a person chose, or what holds for who chose nothing. */
export type Choices = {
  byKind: ChoicesByKind;
  pushContent: ShownContent;
  mailContent: ShownContent;
  hasSound: boolean;
  quiet: QuietHours | null;
  /** IANA's name of the zone that times in mails are told in; null: not known yet. */
  timeZone: string | null;
  /** In which mails and pushes are written; null: Parley's first. */
  locale: string | null;
};

/** What the person says himself; his language and, without quiet hours, his time zone are seen. */
export type ChoicesDraft = Omit<Choices, "locale">;

/**
 * Mail of these cannot be turned off: it is how a person learns what is decided about him, and an
 * admin that the marketplace is told nothing any more.
 */
export const alwaysMailed: readonly ToldKind[] = ["case", "sanction", "removal", "webhook"];

export const defaultChoices: Choices = {
  byKind: {
    message: { push: true, mail: true },
    case: { push: true, mail: true },
    sanction: { push: true, mail: true },
    removal: { push: true, mail: true },
    report: { push: true, mail: false },
    sign_in: { push: true, mail: true },
  },
  pushContent: "full",
  mailContent: "full",
  hasSound: false,
  quiet: null,
  timeZone: null,
  locale: null,
};

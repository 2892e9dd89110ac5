import type { sanctionKinds } from "~/db/schema";
import {
  chatPath,
  disputePath,
  reportsPath,
  sanctionsPath,
  settingsPath,
  webhooksPath,
} from "~/http/paths";
import {
  caseNews,
  type NotificationData,
  type NotificationKind,
} from "~/notifications/notification";
import type { MailContent } from "./mail-content";
import type { MailLanguage } from "./mail-language.server";
import { oneLine, written } from "./words";

/** A notification with what its mail needs of the rows that it is about, as they are now. */
export type News = {
  kind: NotificationKind;
  subjectId: string;
  data: NotificationData;
  createdAt: Date;
  /** The chat that it is about: what its subject is called, and whether it is a moderator's alone with the reader. */
  chat: { title: string; isPrivateThread: boolean } | null;
  /** The sanction that it is about. */
  sanction: {
    kind: (typeof sanctionKinds)[number];
    reason: string;
    endsAt: Date | null;
  } | null;
};

const mostOfReason = 2_000;

type Said = Pick<MailContent, "title" | "parts"> & {
  why: string;
  link: { label: string; path: string };
};

/** @param urlOf a path of this Parley as an address */
export function newsContent(
  news: News,
  language: MailLanguage,
  urlOf: (path: string) => string,
): MailContent {
  const { title, parts, why, link } = said[news.kind](news, language);
  const [first] = parts;
  return {
    subject: title,
    preview: first && "text" in first ? first.text : title,
    title,
    parts: [...parts, { kind: "link", label: link.label, url: urlOf(link.path) }],
    footer: [why, language.t("mail.linkSafe")],
    links: [],
  };
}

/** What is said of each kind. */
const said: Record<NotificationKind, (news: News, language: MailLanguage) => Said> = {
  case: ({ data, chat }, { t }) => {
    const what = oneOf(caseNews, data.what);
    const chatId = "chatId" in data ? data.chatId : "";
    return {
      title: t(`mail.case.${what}`, { title: titleOf(chat) }),
      parts: [textPart(t(`mail.case.${what}.text`))],
      why: t("mail.case.why"),
      // A thread with moderators has no page of a dispute: it is a chat.
      link: chat?.isPrivateThread
        ? { label: t("mail.digest.open"), path: chatPath(chatId) }
        : { label: t("mail.case.open"), path: disputePath(chatId) },
    };
  },

  sanction: ({ data, sanction, subjectId }, { t, moment }) => {
    const told = oneOf(["imposed", "lifted", "appealDecided"], data.what);
    const what = told === "imposed" ? (sanction?.kind ?? "warning") : told;
    const end = sanction?.endsAt ? moment(sanction.endsAt) : "";
    const reason = told === "imposed" && sanction?.reason;
    return {
      title: t(`mail.sanction.${what}`),
      parts: [
        textPart(t(`mail.sanction.${what}.text`, { end })),
        ...(reason ? [quotePart(t("mail.sanction.reason"), written(reason, mostOfReason))] : []),
      ],
      why: t("mail.decision.why"),
      link: { label: t("mail.decision.open"), path: `${sanctionsPath}#${subjectId}` },
    };
  },

  removal: ({ data, chat, subjectId }, { t }) => {
    const what = oneOf(["removed", "restored", "appealDecided"], data.what);
    return {
      title: t(`mail.removal.${what}`),
      parts: [textPart(t(`mail.removal.${what}.text`, { title: titleOf(chat) }))],
      why: t("mail.decision.why"),
      link: { label: t("mail.decision.open"), path: `${sanctionsPath}#${subjectId}` },
    };
  },

  report: ({ data, chat }, { t }) => {
    const what = oneOf(["decided", "appealDecided"], data.what);
    return {
      title: t(`mail.report.${what}`),
      parts: [textPart(t(`mail.report.${what}.text`, { title: titleOf(chat) }))],
      why: t("mail.report.why"),
      link: { label: t("mail.report.open"), path: reportsPath },
    };
  },

  sign_in: ({ data, createdAt }, { t, moment }) => {
    const device = t("mail.signIn.newDevice.text", {
      at: moment(createdAt),
      device: deviceOf(data, t),
    });
    return {
      title: t("mail.signIn.newDevice"),
      parts: [textPart(device), textPart(t("mail.signIn.then"))],
      why: t("mail.signIn.why"),
      link: { label: t("mail.signIn.open"), path: `${settingsPath}#devices` },
    };
  },

  webhook: ({ data }, { t }) => {
    const what = oneOf(["failing", "gone"], data.what);
    return {
      title: t("mail.webhook.off"),
      parts: [textPart(t(`mail.webhook.${what}`)), textPart(t("mail.webhook.then"))],
      why: t("mail.webhook.why"),
      link: { label: t("mail.webhook.open"), path: webhooksPath() },
    };
  },
};

/** @throws where a notification says what none of its kind does */
function oneOf<const What extends string>(all: readonly What[], told: string): What {
  const what = all.find((one) => one === told);
  if (!what) throw new Error(`No mail says what a notification does: ${told}`);
  return what;
}

/** As far as the browser said, which may be anything. */
function deviceOf(data: NotificationData, t: MailLanguage["t"]): string {
  if (data.what !== "newDevice") return t("mail.signIn.unknown");
  const [browser, system] = [data.browser, data.system].map((said) => said && oneLine(said, 40));
  if (browser && system) return t("mail.signIn.device", { browser, system });
  return browser || system || t("mail.signIn.unknown");
}

const titleOf = (chat: News["chat"]) => (chat ? oneLine(chat.title) : "");
const textPart = (text: string) => ({ kind: "text", text }) as const;
const quotePart = (label: string, text: string) => ({ kind: "quote", label, text }) as const;

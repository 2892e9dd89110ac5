import {
  chatPath,
  disputePath,
  reportsPath,
  sanctionsPath,
  settingsPath,
  webhooksPath,
} from "~/http/paths";
import type { Notification, NotificationKind } from "./notification";

/** The chat that something is about, as its reader knows it. */
export type ChatOfGroup = { id: string; subject: string; other: string };

/** What the notification centre shows in one place; times are ISO 8601 UTC. */
export type NotificationGroup =
  /** The messages of a chat: they are read by reading it. */
  | { kind: "message"; id: string; at: string; unread: number; chat: ChatOfGroup }
  /** All news of one case, sanction, removed message, report or browser. */
  | {
      kind: NotificationKind;
      /** The subject's. */
      id: string;
      at: string;
      unread: number;
      /** All of them, also those that are not among `latest`. */
      count: number;
      latest: Notification[];
      chat: ChatOfGroup | null;
    };

/** Where one reads what a notification tells of: to open it there is to have read it. */
export function targetOf({
  kind,
  subjectId,
  data,
}: Pick<Notification, "kind" | "subjectId" | "data">): string {
  switch (kind) {
    case "case":
      if (!("chatId" in data)) return reportsPath;
      // A question stands where it was asked, and is answered there.
      return data.what === "asked" ? chatPath(data.chatId) : disputePath(data.chatId);
    case "sanction":
    case "removal":
      return `${sanctionsPath}#${subjectId}`;
    case "report":
      return reportsPath;
    case "webhook":
      return webhooksPath();
    case "sign_in":
      return `${settingsPath}?${new URLSearchParams({ device: subjectId })}#devices`;
  }
}

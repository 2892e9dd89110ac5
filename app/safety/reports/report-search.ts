import { reportReasons } from "~/db/schema";
import type { ReportReason } from "~/moderation/flags/flag";
import type { Pointed } from "./report";

/** What the address of the form says: where it began, and what was chosen in its first step. */
export type ReportSearch = Pointed & {
  step: 1 | 2;
  /** `message`, `person` or the id of one of the message's pictures. */
  what: string;
  reason?: ReportReason;
  /** The second step was asked for without a reason. */
  isUnchosen: boolean;
};

const id = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function readReportSearch(search: URLSearchParams): ReportSearch {
  const text = search.get("seq") ?? "";
  const seq = /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
  const begun = asId(search.get("picture"));
  const isOfMessage = seq !== undefined || begun !== undefined;
  const chosen = search.get("what");
  const picture = chosen === null ? begun : asId(chosen);
  const what = isOfMessage ? (picture ?? (chosen === "person" ? "person" : "message")) : "person";
  const reason = reportReasons.find((one) => one === search.get("reason"));
  const isSecond = search.get("step") === "2";
  return {
    seq,
    picture: begun,
    what,
    reason,
    step: isSecond && reason ? 2 : 1,
    isUnchosen: isSecond && !reason,
  };
}

/** What of the message, or whom, the report is about after the first step. */
export function pointedBy({ seq, what }: ReportSearch): Pointed {
  if (what === "person") return {};
  return what === "message" ? { seq } : { picture: what };
}

const asId = (text: string | null) =>
  text && id.test(text.toLowerCase()) ? text.toLowerCase() : undefined;

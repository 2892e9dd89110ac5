import { i18nOf } from "~/ui/catalogs.server";
import { formatFor } from "~/ui/format";
import type { I18n, Locale } from "~/ui/i18n";
import { fingerprint } from "../../../bin/transcript/seal.mjs";
import { showMessages } from "./show-messages.server";
import { showPicture } from "./show-picture";
import type { ShownTranscript, Table } from "./shown";
import type { PublicKey } from "./signing-keys.server";
import type {
  Transcript,
  TranscriptDispute,
  TranscriptPerson,
  TranscriptVerdict,
} from "./transcript";

export type Translate = I18n["t"];

/** Evidence is read far from here: no time zone but this one, and seconds. */
export const shownTime = (iso: string) => `${iso.slice(0, 19).replace("T", " ")} UTC`;

/** Puts a transcript into the words of a language. */
export async function showTranscript(
  transcript: Transcript,
  key: Pick<PublicKey, "id" | "publicKey">,
  locale: Locale,
): Promise<ShownTranscript> {
  const { t } = i18nOf(locale);
  const { copy, checkpoints, people } = transcript;
  const nameOf = (id: string | null) => people.find((person) => person.id === id)?.name ?? null;
  const address = `${transcript.operator ?? ""}/.well-known/parley-transcript-keys`;
  const threads: ShownTranscript["threads"] = [];
  for (const thread of transcript.threads) {
    const side = people.find(({ id }) => id === thread.privateTo)?.role ?? "buyer";
    threads.push({
      title: t("transcript.thread", { with: side }),
      people: peopleTable(thread.people, t),
      messages: await showMessages(thread, t, "private "),
    });
  }
  return {
    lang: locale,
    title: t("transcript.title"),
    about: t(`transcript.copy.${copy}`),
    warning: checkpoints.every(({ matches }) => matches) ? null : t("transcript.warning"),
    facts: factsOf(transcript, key.id, locale, t),
    people: peopleTable(people, t),
    messagesTitle: t("transcript.messages"),
    messages: await showMessages(transcript, t),
    disputesTitle: t("transcript.disputes"),
    disputes: transcript.disputes.map((dispute) => showDispute(dispute, t)),
    threads,
    verdicts: {
      title: t("transcript.verdicts"),
      columns: (["message", "verdict", "found"] as const).map((column) =>
        t(`transcript.verdicts.${column}`),
      ),
      rows: transcript.verdicts.map((verdict) => verdictRow(verdict, t)),
    },
    actions: {
      title: t("transcript.actions"),
      columns: (["time", "action", "person", "entry"] as const).map((column) =>
        t(`transcript.actions.${column}`),
      ),
      rows: transcript.actions.map(({ at, action, actorId, actorRole, entry }) => [
        shownTime(at),
        action,
        nameOf(actorId) ?? t(`transcript.role.${actorRole}`),
        String(entry),
      ]),
    },
    checksTitle: t("transcript.checks"),
    checks: [
      t("transcript.checks.chain"),
      t("transcript.checks.key", {
        key: key.id,
        fingerprint: fingerprint(key.publicKey),
        address,
      }),
      t("transcript.checks.run"),
      ...checkpoints.map(({ at, entry, version, matches }) =>
        t("transcript.checkpoint", {
          time: shownTime(at),
          entry,
          version,
          matches: matches ? "yes" : "no",
        }),
      ),
    ],
    maskedWord: t("transcript.masked"),
  };
}

function factsOf(
  { chatId, chat, caseId, operator, exportedAt, head, exportedByKey }: Transcript,
  key: string,
  locale: Locale,
  t: Translate,
) {
  const { reference, title, priceAmount, priceCurrency } = chat.subject;
  const price = formatFor(locale, "UTC").price(priceAmount, priceCurrency);
  const facts: [Parameters<Translate>[0], string | null][] = [
    ["transcript.facts.subject", `${title} (${reference}), ${price}`],
    ["transcript.facts.chat", chatId],
    ["transcript.facts.started", shownTime(chat.createdAt)],
    ["transcript.facts.case", caseId],
    ["transcript.facts.exported", shownTime(exportedAt)],
    ["transcript.facts.by", exportedByKey ? t("transcript.by.host", exportedByKey) : null],
    ["transcript.facts.operator", operator],
    ["transcript.facts.key", key],
    ["transcript.facts.head", head.hash],
  ];
  return facts.flatMap(([id, value]) => (value ? [{ label: t(id), value }] : []));
}

function peopleTable(people: TranscriptPerson[], t: Translate): Table {
  const masked = t("transcript.masked");
  const columns = ["role", "name", "id", "joined", "left", "delivered", "read"] as const;
  return {
    title: t("transcript.people"),
    columns: columns.map((column) => t(`transcript.people.${column}`)),
    rows: people.map((person) => [
      t(`transcript.role.${person.role}`),
      person.name ?? masked,
      person.id,
      shownTime(person.joinedAt),
      person.leftAt ? shownTime(person.leftAt) : "",
      String(person.deliveredSeq ?? masked),
      String(person.readSeq ?? masked),
    ]),
  };
}

function verdictRow({ seq, version, action, stage, reasons }: TranscriptVerdict, t: Translate) {
  const found = reasons.map(({ kind, words, isDisguised, earlier, chats, rule }) => {
    const notes = [
      isDisguised && t("verdict.disguised"),
      earlier?.length && t("verdict.split"),
      chats !== undefined && t("verdict.chats", { count: chats }),
      rule && `${rule.message} (${rule.id}, ${rule.version})`,
    ];
    const said = words.map((word) => `“${word}”`).join(" ");
    return [t(`flag.kind.found-${kind}`), said, ...notes].filter(Boolean).join(" · ");
  });
  return [
    `${seq} (${version})`,
    t(action === "warn" ? "verdict.warned" : "verdict.flagged", {
      stage: t(`subject.stage.${stage}`),
    }),
    found.join("\n"),
  ];
}

function showDispute(dispute: TranscriptDispute, t: Translate) {
  const { openedAt, openedAs, reason, wish, statement, outcome, resolvedAt, decision } = dispute;
  const title = dispute.appealOf ? "transcript.dispute.appeal" : "transcript.dispute";
  const decided =
    outcome &&
    resolvedAt &&
    t("transcript.dispute.decision", {
      time: shownTime(resolvedAt),
      outcome: t(`case.outcome.${outcome}`),
    });
  const lines = [
    t(`dispute.reason.${reason}`),
    wish && t(`dispute.wish.${wish}`),
    statement ?? t("transcript.masked"),
    decided || t(`case.status.${dispute.status}`),
    decision,
  ];
  return {
    title: t(title, { by: openedAs, time: shownTime(openedAt) }),
    lines: lines.filter((line) => line !== null),
    pictures: dispute.pictures.map((picture, at) => showPicture(picture, at, t)),
  };
}

import type { History, Revision, Row, Send, TrueChat, Violation } from "../history";

/** Every message and every change that was acknowledged is there once, and nothing else is. */
export function checkWriting({ sends, revisions, chats }: History): Violation[] {
  return chats.flatMap((chat) => {
    const mine = sends.filter(({ chatId }) => chatId === chat.id);
    const changed = revisions.filter(({ chatId }) => chatId === chat.id);
    return [
      ...checkPlaces(chat),
      ...mine.flatMap((send) => checkSend(send, chat.rows)),
      ...checkOrigins(chat.rows, mine),
      ...checkSendOrder(chat.id, mine, chat.rows),
      ...changed.flatMap((revision) => checkRevision(revision, chat.rows)),
    ];
  });
}

function checkPlaces({ id, rows, lastSeq, version }: TrueChat): Violation[] {
  const seqs = rows.map(({ seq }) => seq);
  const holes = seqs.some((seq, at) => seq !== at + 1) || seqs.length !== lastSeq;
  const versions = rows.map((row) => row.version);
  const doubled = new Set(versions).size !== versions.length || Math.max(0, ...versions) > version;
  return [
    ...(holes ? [{ rule: "seq has holes", detail: `${id}: ${seqs} of ${lastSeq}` }] : []),
    ...(doubled ? [{ rule: "two changes with one version", detail: `${id}: ${versions}` }] : []),
  ];
}

/** By what it says as well as by its client id: a server that ignores the one keeps the other. */
function isOf(send: Send, row: Row): boolean {
  return row.clientId === send.clientId || firstBody(row) === send.body;
}

function firstBody({ body, earlier }: Row): string | null {
  return earlier.length ? (earlier[0] ?? null) : body;
}

function checkSend(send: Send, rows: Row[]): Violation[] {
  const stored = rows.filter((row) => isOf(send, row));
  const detail = `"${send.body}" is there ${stored.length} times (seq ${stored.map(({ seq }) => seq)})`;
  if (stored.length > 1) return [{ rule: "a message is doubled", detail }];
  const [row] = stored;
  if (send.outcome === "failed") {
    const wrongly = send.refusedWith && !send.isBad;
    return [
      ...(row ? [{ rule: "a refused message is there", detail }] : []),
      ...(wrongly ? [{ rule: "a good message was refused", detail: JSON.stringify(send) }] : []),
    ];
  }
  if (send.outcome === "unknown") return [];
  if (!row) return [{ rule: "an acknowledged message is lost", detail }];
  const isWhole = firstBody(row) === send.body && row.senderId === send.userId;
  const named = send.answers.every(({ id, seq }) => id === row.id && seq === row.seq);
  return [
    ...(isWhole ? [] : [{ rule: "a message says something else", detail: JSON.stringify(row) }]),
    ...(named
      ? []
      : [{ rule: "answers name different messages", detail: JSON.stringify({ send, row }) }]),
  ];
}

/** Only the system writes without being asked. */
function checkOrigins(rows: Row[], sends: Send[]): Violation[] {
  const known = new Set(sends.map(({ body }) => body));
  return rows
    .filter((row) => row.senderId && !known.has(firstBody(row) ?? ""))
    .map((row) => ({ rule: "a message that nobody sent", detail: JSON.stringify(row) }));
}

/** What was answered before another was sent stands before it. */
function checkSendOrder(chatId: string, sends: Send[], rows: Row[]): Violation[] {
  const seqOf = new Map(rows.map((row) => [firstBody(row), row.seq]));
  const placed = sends.flatMap((send) => {
    const seq = send.outcome === "ok" ? seqOf.get(send.body) : undefined;
    return seq ? [{ ...send, seq }] : [];
  });
  const byEnd = placed.toSorted((a, b) => a.endedAt - b.endedAt);
  let [done, highest] = [0, 0];
  return placed
    .toSorted((a, b) => a.startedAt - b.startedAt)
    .flatMap((send) => {
      for (let next = byEnd[done]; next && next.endedAt < send.startedAt; next = byEnd[++done]) {
        highest = Math.max(highest, next.seq);
      }
      const detail = `${chatId}: seq ${send.seq} was sent after ${highest} was acknowledged`;
      return send.seq > highest ? [] : [{ rule: "messages are reordered", detail }];
    });
}

/** Each message is changed once in a run, so that what it says in the end is certain. */
function checkRevision({ what, seq, body, outcome }: Revision, rows: Row[]): Violation[] {
  const row = rows.find((one) => one.seq === seq);
  const said = row ? [...row.earlier, row.body] : [];
  const times = what === "edit" ? said.filter((one) => one === body).length : Number(row?.isUnsent);
  const detail = `${what} of seq ${seq}: ${JSON.stringify(row)}`;
  if (outcome === "ok" && times !== 1) return [{ rule: "an acknowledged change is lost", detail }];
  if (outcome === "failed" && times > 0) return [{ rule: "a refused change is there", detail }];
  return times > 1 ? [{ rule: "a change is doubled", detail }] : [];
}

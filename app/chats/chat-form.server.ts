import { Counter } from "prom-client";
import type { Viewer } from "~/accounts/viewer";
import type { TriedPicture } from "~/attachments/attachment";
import type { Db } from "~/db/client.server";
import type { FormSource } from "~/http/form-fault.server";
import { type FormReading, type FormRefusal, type FormResult, readForm } from "~/http/forms.server";
import { environment } from "~/operations/environment.server";
import { registry } from "~/operations/metrics.server";
import type { Told } from "~/safety/told";
import type { Phrase } from "~/ui/i18n";
import { type Act, act } from "./act.server";
import { type ChatForm, chatForm } from "./drafts";
import type { Message } from "./message";
import { sendLimits } from "./send-limits.server";

/** What was not done, and what was typed, so that it can stand in the form again. */
export type ChatRefusal = {
  refused: Phrase;
  errors: Phrase[];
  typed?: string;
  pictures?: TriedPicture[];
  /** Where the filters refused what was typed: why, and what confirms it where that is enough. */
  told?: Told;
  /** Of what has more than one field to be wrong and to be typed again. */
  form?: FormResult;
};

/** `retryAfter` in whole seconds. */
export type ChatAnswer = {
  /** What was asked for, where that could be read. */
  intent?: ChatForm["intent"];
  status: number;
  retryAfter?: number;
  /** It had been sent before. */
  isRepeat?: boolean;
  body: { sent: Message | null } | ChatRefusal;
};

const outboxRetries = new Counter({
  name: "parley_outbox_retries_total",
  help: "Sends that a client's outbox had tried before",
  registers: [registry],
});

/** @returns in how many seconds a user may send again, when it is too soon */
export const limitSends = sendLimits({
  perSecond: environment().limitSendsPerSecond,
  burst: environment().limitSendBurst,
  perMinute: environment().limitSendsPerMinute,
});

/** Made once: making it costs as much as twenty readings. */
export const chatFormSchema = chatForm(environment().limitMessageCharacters);

export const readChatForm = (source: FormSource): Promise<FormReading<ChatForm>> =>
  readForm(source, chatFormSchema);

/** How long after sending a message can be edited and unsent. */
export const changeWindows = () => ({
  editMs: environment().limitEditMinutes * 60_000,
  unsendMs: environment().limitUnsendHours * 3_600_000,
});

/**
 * Does what the form of a chat's page asks for: the one way to send and to act in a chat, for plain
 * forms (through Remix) and for the client's own fetch (past it) alike.
 *
 * @returns null when there is no such chat or message for this viewer
 * @throws what the database throws; the form may have taken effect then, and can be repeated
 */
export async function answerChatForm(
  db: Db,
  viewer: Viewer,
  chatId: string,
  form: FormReading<ChatForm>,
): Promise<ChatAnswer | null> {
  if (!form.ok) return refuseForm(form);
  const { value } = form;
  const refused = value.intent === "send" && (await refuseSend(viewer, { ...form, value }));
  if (refused) return refused;
  const done = await act(db, viewer, chatId, value, changeWindows());
  return done && { ...answerAct(form, done), intent: value.intent };
}

type ReadForm<Value> = Extract<FormReading<Value>, { ok: true }>;

/** Why a send is not even tried, if there is a reason: somebody else's outbox, or too many. */
export async function refuseSend(
  viewer: Viewer,
  form: ReadForm<{ sender?: string; attempt?: number }>,
): Promise<ChatAnswer | null> {
  const { sender, attempt = 1 } = form.value;
  if (sender && sender !== viewer.id) {
    return { ...refuseForm(form.refuse({ sender: { id: "chat.signedOut" } })), status: 401 };
  }
  if (attempt > 1) outboxRetries.inc();
  const limited = await limitSends(viewer.id);
  if (!limited) return null;
  const { retryAfter } = limited;
  const refused: Phrase = { id: "chat.tooFast", values: { seconds: retryAfter } };
  return { ...refuseForm(form.refuse({ body: refused })), status: 429, retryAfter };
}

/** @param pictures those that were tried with the form */
export function answerAct(
  form: ReadForm<unknown>,
  done: Act,
  pictures?: readonly TriedPicture[],
): ChatAnswer {
  if (!("refused" in done)) {
    return { status: 200, isRepeat: done.isRepeat, body: { sent: done.message ?? null } };
  }
  const answer = refuseForm(form.refuse({ [done.field]: done.refused }), pictures);
  const { retryAfter, told } = done;
  if (told) return { ...answer, body: { ...answer.body, told } };
  if (retryAfter) return { ...answer, status: 429, retryAfter };
  return done.refused.id === "chat.signedOut" ? { ...answer, status: 401 } : answer;
}

export function refuseForm(
  { status, result }: FormRefusal,
  pictures: readonly TriedPicture[] = [],
): ChatAnswer & { body: ChatRefusal } {
  const errors = Object.values(result.error ?? {}).flatMap((phrases) => phrases ?? []);
  const [refused = { id: "error.invalid" } satisfies Phrase] = errors;
  const typed = result.initialValue?.body;
  const body: ChatRefusal = { refused, errors };
  if (typeof typed === "string") body.typed = typed;
  if (pictures.length) body.pictures = [...pictures];
  if (hasSeveralFields(result)) body.form = result;
  return { status, body };
}

const hasSeveralFields = ({ initialValue }: FormResult) =>
  ["dispute", "appeal", "withdraw", "report"].includes(String(initialValue?.intent));

import { Counter } from "prom-client";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import type { FormSource } from "~/http/form-fields.server";
import { type FormReading, type FormResult, readForm } from "~/http/forms.server";
import { environment } from "~/operations/environment.server";
import { registry } from "~/operations/metrics.server";
import type { Phrase } from "~/ui/i18n";
import { act } from "./act.server";
import { type ChatForm, chatForm } from "./drafts";
import type { Message } from "./message";
import { sendLimits } from "./send-limits.server";

/** What was not done, and what was typed, so that it can stand in the form again. */
export type ChatRefusal = { refused: Phrase; errors: Phrase[]; typed?: string };

/** `retryAfter` in whole seconds. */
export type ChatAnswer = {
  status: number;
  retryAfter?: number;
  body: { sent: Message | null } | ChatRefusal;
};

const outboxRetries = new Counter({
  name: "parley_outbox_retries_total",
  help: "Sends that a client's outbox had tried before",
  registers: [registry],
});

const limitSends = sendLimits({
  perSecond: environment().limitSendsPerSecond,
  burst: environment().limitSendBurst,
  perMinute: environment().limitSendsPerMinute,
});

/** Made once: making it costs as much as twenty readings. */
const schema = chatForm(environment().limitMessageCharacters);

export const readChatForm = (source: FormSource): Promise<FormReading<ChatForm>> =>
  readForm(source, schema);

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
  if (!form.ok) return { status: form.status, body: refusal(form.result) };
  if (form.value.intent === "send") {
    if (form.value.sender && form.value.sender !== viewer.id) {
      return {
        status: 401,
        body: refusal(form.refuse({ sender: { id: "chat.signedOut" } }).result),
      };
    }
    if ((form.value.attempt ?? 1) > 1) outboxRetries.inc();
    const limited = await limitSends(viewer.id);
    if (limited) {
      const { retryAfter } = limited;
      const { result } = form.refuse({
        body: { id: "chat.tooFast", values: { seconds: retryAfter } },
      });
      return { status: 429, retryAfter, body: refusal(result) };
    }
  }
  const done = await act(db, viewer, chatId, form.value, changeWindows());
  if (!done) return null;
  if ("refused" in done) {
    const { status, result } = form.refuse({ [done.field]: done.refused });
    const isSignedOut = done.refused.id === "chat.signedOut";
    return { status: isSignedOut ? 401 : status, body: refusal(result) };
  }
  return { status: 200, body: { sent: done.message ?? null } };
}

function refusal({ error, initialValue }: FormResult): ChatRefusal {
  const errors = Object.values(error ?? {}).flatMap((phrases) => phrases ?? []);
  const [refused = { id: "error.invalid" } satisfies Phrase] = errors;
  const typed = initialValue?.body;
  return { refused, errors, typed: typeof typed === "string" ? typed : undefined };
}

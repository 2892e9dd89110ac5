import { z } from "zod";
import { disputeForms } from "~/moderation/disputes/dispute-form";
import { muteForms } from "~/notifications/mute-form";
import { reportForm } from "~/safety/reports/report-form";
import { invisible, messageBody } from "./message-body";

export const seqField = z.coerce
  .number({ error: "chat.seq.invalid" })
  .int({ error: "chat.seq.invalid" })
  .min(1, { error: "chat.seq.invalid" })
  .max(Number.MAX_SAFE_INTEGER, { error: "chat.seq.invalid" });

/** From the answer to a message that its sender was warned of: anything else confirms nothing. */
const confirmField = z.string().max(100).optional().catch(undefined);

/** The fields of `intent=send`: the form's, the API's and the function's. */
export const messageDraft = (maxLength: number) =>
  z.object({
    clientId: z.guid({ error: "chat.clientId.invalid" }).toLowerCase(),
    body: messageBody(maxLength),
    replyTo: z.preprocess((value) => (value === "" ? undefined : value), seqField.optional()),
    confirm: confirmField,
    /** Whose outbox it comes from: by now somebody else may be signed in on that browser. */
    sender: z.guid().toLowerCase().optional(),
    /** How often the client has tried by now: a figure for operators, which nothing depends on. */
    attempt: z.coerce.number().int().min(1).optional().catch(undefined),
  });

/** The same for pictures, which need no words. */
export const pictureDraft = (maxLength: number) =>
  messageDraft(maxLength).extend({
    intent: z.literal("send"),
    body: z.preprocess(
      (value) => (typeof value === "string" && invisible.test(value) ? undefined : value),
      messageBody(maxLength).optional(),
    ),
  });

export type MessageDraft = z.infer<ReturnType<typeof messageDraft>>;

const withSeq = z.object({ seq: seqField });

/** What one can do in a chat, each with its fields: the field `intent` says which. */
export const chatForm = (maxLength: number) =>
  z.discriminatedUnion(
    "intent",
    [
      messageDraft(maxLength).extend({ intent: z.literal("send") }),
      withSeq.extend({
        intent: z.literal("edit"),
        body: messageBody(maxLength),
        confirm: confirmField,
      }),
      withSeq.extend({ intent: z.literal("unsend") }),
      withSeq.extend({ intent: z.literal("read") }),
      withSeq.extend({ intent: z.literal("viewed") }),
      z.object({ intent: z.literal("typing") }),
      z.object({ intent: z.literal("archive") }),
      z.object({ intent: z.literal("unarchive") }),
      ...muteForms,
      z.object({ intent: z.literal("close") }),
      z.object({ intent: z.literal("block") }),
      z.object({ intent: z.literal("unblock") }),
      ...disputeForms,
      reportForm,
    ],
    { error: "chat.intent.unknown" },
  );

export type ChatForm = z.infer<ReturnType<typeof chatForm>>;

/** Ids in addresses: another shape is as unknown as an id that nobody has. */
export const idShape = z.guid();

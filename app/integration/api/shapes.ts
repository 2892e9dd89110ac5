import { z } from "zod";
import {
  chatStatuses,
  disputeOpeners,
  disputeOutcomes,
  disputeReasons,
  disputeStatuses,
  disputeWishes,
  messageTypes,
  participantRoles,
  stages,
} from "~/db/schema";

export const idField = z
  .guid()
  .meta({ description: "An id (UUID)", example: "0197e3c2-6d1f-7c40-8d7b-0a4c5f0b7e11" });
export const timeField = z.iso
  .datetime()
  .meta({ description: "ISO 8601 in UTC", example: "2026-03-01T12:00:00.000Z" });
const placeField = z.int().min(0);

export const seqParam = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).meta({
  description: "A message's place in its chat: 1, 2, 3 and so on, without holes",
  example: 3,
});

/** `{data, next}`: the page, and what `after` takes for the page behind it. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({
    data: z.array(item),
    next: z
      .string()
      .nullable()
      .meta({ description: "The cursor of the next page; null on the last" }),
  });

const attachmentShape = z
  .strictObject({
    id: idField,
    url: z.string().meta({ description: "A path on this origin, for those who may see the chat" }),
    thumbnailUrl: z.string(),
    width: z.int().meta({ description: "Pixels" }),
    height: z.int().meta({ description: "Pixels" }),
    bytes: z.int(),
    placeholder: z.string().meta({ description: "A ThumbHash in base64" }),
    isAnimated: z.boolean(),
    alt: z.string().nullable(),
  })
  .meta({ id: "Attachment", description: "A picture of a message" });

export const messageShape = z
  .strictObject({
    id: idField,
    chatId: idField,
    seq: z.int().min(1).meta({ description: "Its place in the chat, without holes" }),
    version: z.int().min(1).meta({ description: "The chat's version when it last changed" }),
    clientId: idField.nullable(),
    sender: z
      .strictObject({ id: idField, name: z.string(), role: z.enum(participantRoles) })
      .nullable(),
    type: z.enum(messageTypes),
    body: z.string().nullable(),
    links: z.array(z.strictObject({ start: placeField, end: placeField, url: z.string() })).meta({
      description: "Web addresses in the body, from `start` to before `end` in UTF-16 units",
    }),
    event: z
      .looseObject({ kind: z.string() })
      .nullable()
      .meta({
        description: "What a system message says",
        example: { kind: "stage_changed", from: "inquiry", to: "paid" },
      }),
    attachments: z.array(attachmentShape),
    replyTo: z.int().nullable(),
    createdAt: timeField,
    editedAt: timeField.nullable(),
    deletedAt: timeField.nullable(),
    isRedacted: z.boolean(),
  })
  .meta({ id: "Message", description: "A message; unsent and redacted ones carry no body" });

export const disputeShape = z
  .strictObject({
    id: idField,
    status: z.enum(disputeStatuses),
    openedAs: z.enum(disputeOpeners),
    reason: z.enum(disputeReasons),
    wish: z.enum(disputeWishes).nullable(),
    statement: z.string().nullable(),
    openedAt: timeField,
    firstLookDue: timeField,
    decisionDue: timeField,
    outcome: z.enum(disputeOutcomes).nullable(),
    decision: z.string().nullable(),
    resolvedAt: timeField.nullable(),
    appealOf: idField.nullable(),
    appealUntil: timeField.nullable(),
  })
  .meta({ id: "Dispute" });

const subjectShape = z
  .strictObject({
    reference: z.string(),
    title: z.string(),
    priceAmount: z
      .int()
      .min(0)
      .meta({ description: "In the currency's smallest unit", example: 4500 }),
    priceCurrency: z.string().meta({ description: "ISO 4217", example: "EUR" }),
    picture: z.string().nullable(),
    stage: z.enum(stages),
  })
  .meta({ id: "Subject", description: "The listing or order that a chat is about" });

/** What is the same of a chat for whoever sees it. */
const chatFields = {
  id: idField,
  version: z.int().min(1),
  status: z.enum(chatStatuses),
  subject: subjectShape,
  lastSeq: placeField,
  lastMessageAt: timeField,
  createdAt: timeField,
  dispute: disputeShape.nullable(),
};

const chatShape = z
  .strictObject({
    ...chatFields,
    participants: z.array(
      z.strictObject({
        id: idField,
        name: z.string(),
        role: z.enum(participantRoles),
        readSeq: placeField,
        deliveredSeq: placeField,
      }),
    ),
    privateThread: z.strictObject({ chatId: idField, disputeId: idField }).nullable(),
    isBlocked: z.boolean(),
    mutedUntil: z.string().nullable(),
  })
  .meta({ id: "Chat", description: "A chat as its participant sees it" });

const hostChatShape = z
  .strictObject({
    ...chatFields,
    participants: z.array(
      z.strictObject({
        id: idField,
        externalId: z.string().nullable(),
        name: z.string(),
        role: z.enum(participantRoles),
        deliveredSeq: placeField,
        readSeq: placeField.nullable().meta({
          description: "Null where the person keeps to himself what he read",
        }),
      }),
    ),
    closedAt: timeField.nullable(),
    archivedAt: timeField.nullable(),
  })
  .meta({ id: "HostChat", description: "A chat as the host sees it" });

export const anyChatShape = z.union([chatShape, hostChatShape]);

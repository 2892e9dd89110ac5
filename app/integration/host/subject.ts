import { z } from "zod";
import { stages } from "~/db/schema";
import { hostsOwn } from "./hosts-own";
import { externalId } from "./user";

/** It stands in addresses, where dots alone mean something else. */
export const subjectReference = hostsOwn("reference")
  .refine((text) => text !== "." && text !== "..", "reference is neither . nor ..")
  .meta({
    description: "What the marketplace calls the listing or order.",
    example: "order-2093",
  });

const currencies = new Set(Intl.supportedValuesOf("currency"));

export const price = z
  .object({
    amount: z.int().min(0).meta({
      description: "In the currency’s smallest unit: cents for EUR, yen for JPY.",
      example: 12_900,
    }),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, "A currency has three capital letters, as ISO 4217 gives them.")
      .refine((code) => currencies.has(code), "There is no such currency in ISO 4217.")
      .meta({ description: "ISO 4217.", example: "EUR" }),
  })
  .meta({ description: "What the subject costs." });

const stage = z.enum(stages).meta({
  description: "How far the deal is; which rules messages are judged by depends on it.",
  example: "paid",
});

/** A listing or order as it is shown to the host. */
export const hostSubject = z
  .object({
    reference: subjectReference,
    sellerId: z.uuid().meta({
      description: "Parley’s own id of the seller.",
      example: "0199c3a4-5b1e-7cc2-9a39-52d6f1b0c8aa",
    }),
    sellerExternalId: externalId.nullable().meta({
      description: "What the marketplace calls the seller; null for who did not come from it.",
      example: "user-4711",
    }),
    title: z.string().meta({ description: "What it is.", example: "Red bicycle, 54 cm" }),
    description: z.string().meta({ description: "More about it.", example: "Little used." }),
    price,
    picture: z.string().nullable().meta({
      description: "Where its picture is.",
      example: "https://pictures.market.example/order-2093.jpg",
    }),
    stage,
    createdAt: z.iso.datetime().meta({
      description: "When Parley first heard of it.",
      example: "2026-03-01T09:30:00.000Z",
    }),
  })
  .meta({ description: "A listing or order of the marketplace: what chats are about." });

export type HostSubject = z.output<typeof hostSubject>;

const oneLine = /^[^\p{Cc}\p{Zl}\p{Zp}]*$/u;

/** `title` and `price` are said each time; of the rest what is left out stays as it is. */
export const subjectInput = z
  .object({
    sellerExternalId: externalId.optional().meta({
      description:
        "The seller, by what the marketplace calls him; this or sellerId is needed to make a subject. It never changes.",
      example: "user-4711",
    }),
    sellerId: z.guid().toLowerCase().optional().meta({
      description:
        "The seller by Parley’s own id; with sellerExternalId it has to be the same person.",
      example: "0199c3a4-5b1e-7cc2-9a39-52d6f1b0c8aa",
    }),
    title: z
      .string()
      .trim()
      .normalize("NFC")
      .min(1, "Give a title.")
      .max(200, "A title has at most 200 characters.")
      .regex(oneLine, "A title is one line without control characters.")
      .meta({ description: "What it is, in one line.", example: "Red bicycle, 54 cm" }),
    description: z
      .string()
      .trim()
      .normalize("NFC")
      .max(10_000, "A description has at most 10,000 characters.")
      .refine((text) => !text.includes("\0"), "A description holds no NUL.")
      .optional()
      .meta({ description: "More about it.", example: "Little used." }),
    price,
    picture: z
      .string()
      .min(1)
      .max(2_000, "The address of a picture has at most 2,000 characters.")
      .nullable()
      .optional()
      .meta({
        description:
          "Where its picture is: a path of Parley’s own, or an address at an origin in SUBJECT_PICTURE_ORIGINS. null takes it away.",
        example: "https://pictures.market.example/order-2093.jpg",
      }),
    stage: stage.optional(),
  })
  .meta({ description: "What a listing or order is." });

export type SubjectInput = z.output<typeof subjectInput>;

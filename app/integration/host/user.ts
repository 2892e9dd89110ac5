import { z } from "zod";
import { hostsOwn } from "./hosts-own";

export const externalId = hostsOwn("externalId").meta({
  description:
    "What the marketplace calls this person. Never changes, and is never given to another.",
  example: "user-4711",
});

/** Somebody who came from the host, as it is shown to the host. */
export const hostUser = z
  .object({
    id: z.uuid().meta({
      description: "Parley’s own id of the person.",
      example: "0199c3a4-5b1e-7cc2-9a39-52d6f1b0c8aa",
    }),
    externalId,
    name: z
      .string()
      .meta({ description: "What others see the person called.", example: "Mira K." }),
    email: z.string().nullable().meta({
      description: "Where mails go; null where the marketplace gave none.",
      example: "mira@example.com",
    }),
    isVerified: z.boolean().nullable().meta({
      description: "Whether the marketplace knows who it is; null where it did not say.",
      example: true,
    }),
    dealsDone: z.int().nullable().meta({
      description: "How many deals the person did; null where the marketplace did not say.",
      example: 37,
    }),
    isSuspended: z.boolean().meta({
      description: "Whether the marketplace shuts the person out, and Parley with it.",
      example: false,
    }),
    createdAt: z.iso.datetime().meta({
      description: "When the person’s account here was made.",
      example: "2026-03-01T09:30:00.000Z",
    }),
  })
  .meta({ description: "A person of the marketplace." });

export type HostUser = z.output<typeof hostUser>;

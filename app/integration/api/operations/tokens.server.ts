import { z } from "zod";
import { createUserToken, tokenSeconds } from "~/integration/tokens/create-user-token.server";
import { type Operation, operation } from "../operation";
import { Problem } from "../problem";
import { timeField } from "../shapes";
import { idParam } from "./fields.server";

const create = operation({
  id: "createToken",
  method: "POST",
  path: "/tokens",
  tag: "Tokens",
  summary: "Make a token for a user",
  description:
    "With it his client calls the API and reads the live stream as he. It ends by itself, and earlier when he is signed out everywhere, suspended or erased.",
  body: z.strictObject({
    userId: idParam.meta({ description: "A person of the host" }),
    expiresInSeconds: z
      .int()
      .min(tokenSeconds.least)
      .max(tokenSeconds.most)
      .default(tokenSeconds.standard)
      .meta({
        description: "How long it is good for",
        example: tokenSeconds.standard,
      }),
  }),
  answers: {
    201: {
      description: "The token",
      body: z
        .strictObject({
          token: z.string().meta({ description: "For `Authorization: Bearer`" }),
          expiresAt: timeField,
        })
        .meta({ id: "Token" }),
    },
  },
  refusals: [409],
  host: {
    scope: "users:write",
    async handle({ db, host, body }) {
      const made = await createUserToken(db, host, body);
      if (!made) return null;
      if ("refused" in made)
        throw new Problem("conflict", { reason: "lockedOut", detail: "This person is suspended" });
      return { status: 201, body: { ...made, expiresAt: made.expiresAt.toISOString() } };
    },
  },
});

export const tokenOperations: Operation[] = [create];

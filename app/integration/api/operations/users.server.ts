import { z } from "zod";
import { findUser, findUserByExternalId } from "~/integration/host/find-user.server";
import { changeUser, saveUser } from "~/integration/host/save-user.server";
import { externalId, hostUser } from "~/integration/host/user";
import { userInput, userPatch } from "~/integration/host/user-input.server";
import { eraseAccount } from "~/retention/erase/erase-account.server";
import { type Operation, operation } from "../operation";
import { Problem } from "../problem";
import { pageOf } from "../shapes";
import { idParam } from "./fields.server";

const tag = "Users" as const;

const userShape = z
  .strictObject(hostUser.shape)
  .meta({ id: "User", description: "A person of the marketplace" });
const userParams = z.object({ id: idParam.meta({ description: "Parley's own id of the person" }) });

const save = operation({
  id: "saveUser",
  method: "POST",
  path: "/users",
  tag,
  summary: "Create a person, or update one",
  description:
    "By `externalId`: however often it is said, it is one person. What is left out stays as it is.",
  body: z.strictObject(userInput.shape),
  answers: {
    201: { description: "The person is new", body: userShape },
    200: { description: "The person was known", body: userShape },
  },
  refusals: [409],
  host: {
    scope: "users:write",
    async handle({ db, host, body }) {
      const saved = await saveUser(db, host, body);
      if ("refused" in saved) {
        throw new Problem("conflict", {
          reason: saved.refused,
          detail: "This person moderates here",
        });
      }
      return { status: saved.created ? 201 : 200, body: saved.user };
    },
  },
});

const list = operation({
  id: "findUsers",
  method: "GET",
  path: "/users",
  tag,
  summary: "Find a person by externalId",
  query: z.strictObject({ externalId }),
  answers: { 200: { description: "The person, or nobody", body: pageOf(userShape) } },
  host: {
    scope: "users:read",
    async handle({ db, host, query }) {
      const user = await findUserByExternalId(db, host, query.externalId);
      return { body: { data: user ? [user] : [], next: null } };
    },
  },
});

const get = operation({
  id: "getUser",
  method: "GET",
  path: "/users/{id}",
  tag,
  summary: "See a person",
  params: userParams,
  answers: { 200: { description: "The person", body: userShape } },
  host: {
    scope: "users:read",
    async handle({ db, host, params }) {
      const user = await findUser(db, host, params.id);
      return user && { body: user };
    },
  },
});

const change = operation({
  id: "changeUser",
  method: "PATCH",
  path: "/users/{id}",
  tag,
  summary: "Change what is known of a person",
  description:
    "`isSuspended` shuts the person out here as well: sessions and live streams end within a second.",
  params: userParams,
  body: z.strictObject(userPatch.shape),
  answers: { 200: { description: "The person as it is now", body: userShape } },
  host: {
    scope: "users:write",
    async handle({ db, host, params, body, provided }) {
      const user = await changeUser(db, host, params.id, body, { provided });
      return user && { body: user };
    },
  },
});

const erase = operation({
  id: "eraseUser",
  method: "DELETE",
  path: "/users/{id}",
  tag,
  summary: "Erase a person",
  description:
    "At once nobody can sign in as the person or see whose the account was; what was said goes as the retention policy says, and after what holds it: open disputes and legal holds.",
  params: userParams,
  answers: {
    202: {
      description: "The person is gone; what remains follows",
      body: z
        .strictObject({
          isHeld: z
            .boolean()
            .meta({ description: "Whether what was said waits for a hold to end" }),
        })
        .meta({ id: "Erasure" }),
    },
  },
  refusals: [409],
  host: {
    scope: "users:write",
    async handle({ db, host, params, provided }) {
      const erased = await eraseAccount(db, host, { userId: params.id }, provided);
      if (!erased) return null;
      if ("refused" in erased) throw new Problem("conflict", { reason: erased.refused });
      return { status: 202, body: { isHeld: erased.isHeld } };
    },
  },
});

export const userOperations: Operation[] = [save, list, get, change, erase];

import { z } from "zod";
import { switchedOffReasons } from "~/db/schema";
import { endpointChange, endpointDraft } from "~/integration/webhooks/endpoint-form.server";
import {
  changeEndpoint,
  createEndpoint,
  deleteEndpoint,
  findEndpoint,
  listEndpoints,
} from "~/integration/webhooks/endpoints.server";
import { eventTypes } from "~/integration/webhooks/event-types";
import { idOf } from "../idempotency.server";
import { type Operation, operation } from "../operation";
import { Problem } from "../problem";
import { idField, pageOf, timeField } from "../shapes";
import { idParam } from "./fields.server";

const tag = "Webhooks" as const;
const scope = "webhooks:write" as const;

const fields = {
  id: idField,
  url: z.string().meta({ description: "Where events are posted to" }),
  eventTypes: z.array(z.enum(eventTypes)),
  createdAt: timeField,
  switchedOff: z
    .strictObject({ at: timeField, reason: z.enum(switchedOffReasons) })
    .nullable()
    .meta({ description: "Since when it is told nothing, and why; null while it is" }),
  failingSince: timeField.nullable().meta({ description: "Since then nothing arrived" }),
  previousSecretUntil: timeField.nullable().meta({
    description: "Until when the secret before still signs beside the one of now",
  }),
  waiting: z.int().min(0).meta({ description: "How many events wait for it" }),
};

const endpointShape = z
  .strictObject(fields)
  .meta({ id: "Webhook", description: "An endpoint that is told of events" });

const withSecret = z
  .strictObject({
    ...fields,
    secret: z.string().optional().meta({
      description: "What its requests are signed with (Standard Webhooks): shown this once",
      example: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    }),
  })
  .meta({ id: "WebhookWithSecret" });

const params = z.object({ id: idParam.meta({ description: "The endpoint's id" }) });

const create = operation({
  id: "createWebhook",
  method: "POST",
  path: "/webhooks",
  tag,
  summary: "Have an endpoint told of events",
  description:
    "From now on. The secret in the answer is shown this once: where the answer was lost for good (409, `made`), ask for a new one.",
  body: endpointDraft.strict(),
  answers: { 201: { description: "The endpoint with its secret", body: withSecret } },
  refusals: [409],
  host: {
    scope,
    async handle({ db, host, body, request }) {
      const id = idOf(`key ${host.keyId}`, request);
      const made = await createEndpoint(db, host, { ...body, id });
      if (!made) return null;
      if ("refused" in made) throw new Problem("conflict", { reason: made.refused });
      return { status: 201, body: { ...made.endpoint, secret: made.secret } };
    },
  },
});

const list = operation({
  id: "listWebhooks",
  method: "GET",
  path: "/webhooks",
  tag,
  summary: "List endpoints",
  answers: { 200: { description: "All endpoints", body: pageOf(endpointShape) } },
  host: {
    scope,
    async handle({ db, host }) {
      const data = await listEndpoints(db, host);
      return data && { body: { data, next: null } };
    },
  },
});

const get = operation({
  id: "getWebhook",
  method: "GET",
  path: "/webhooks/{id}",
  tag,
  summary: "See an endpoint",
  params,
  answers: { 200: { description: "The endpoint", body: endpointShape } },
  host: {
    scope,
    async handle({ db, host, params }) {
      const body = await findEndpoint(db, host, params.id);
      return body && { body };
    },
  },
});

const change = operation({
  id: "changeWebhook",
  method: "PATCH",
  path: "/webhooks/{id}",
  tag,
  summary: "Change an endpoint, switch it on or off, or give it a new secret",
  params,
  body: endpointChange.strict(),
  answers: {
    200: { description: "The endpoint, with its secret where that is new", body: withSecret },
  },
  host: {
    scope,
    async handle({ db, host, params, body, provided }) {
      const changed = await changeEndpoint(db, host, params.id, body, provided);
      if (!changed) return null;
      const { endpoint, secret } = changed;
      return { body: { ...endpoint, ...(secret && { secret }) } };
    },
  },
});

const remove = operation({
  id: "deleteWebhook",
  method: "DELETE",
  path: "/webhooks/{id}",
  tag,
  summary: "Delete an endpoint",
  description: "With all that waits for it.",
  params,
  answers: { 204: { description: "It is gone" } },
  host: {
    scope,
    async handle({ db, host, params, provided }) {
      const gone = await deleteEndpoint(db, host, params.id, provided);
      return gone && { status: 204 };
    },
  },
});

export const webhookOperations: Operation[] = [create, list, get, change, remove];

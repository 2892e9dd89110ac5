import { expect, test } from "vitest";
import { type ReadableDocument, referenceOf } from "./reference";

const document: ReadableDocument = {
  info: { title: "A market", version: "1" },
  tags: [{ name: "Chats", description: "Who talks to whom" }],
  security: [{ apiKey: [] }],
  paths: {
    "/chats/{id}": {
      parameters: [{ $ref: "#/components/parameters/id" }],
      get: {
        ...{ operationId: "readChat", tags: ["Chats"], summary: "Read a chat" },
        security: [{ apiKey: ["chats:read"] }, { session: [] }],
        responses: {
          200: {
            description: "The chat",
            content: { "application/json": { schema: { $ref: "#/components/schemas/Chat" } } },
          },
          404: { $ref: "#/components/responses/notFound" },
        },
      },
      patch: {
        tags: ["Chats"],
        requestBody: {
          content: {
            "application/json": {
              schema: {
                ...{ type: "object", required: ["status"] },
                properties: {
                  status: { enum: ["open", "closed"], description: "What it becomes" },
                  names: { type: "array", items: { type: "string", maxLength: 40 }, maxItems: 3 },
                },
              },
            },
          },
        },
        responses: { 204: { description: "Changed" } },
      },
    },
    "/health": { get: { tags: ["Other"], summary: "Alive?", security: [], responses: {} } },
  },
  components: {
    parameters: {
      id: { name: "id", in: "path", required: true, schema: { type: "string", format: "uuid" } },
    },
    responses: { notFound: { description: "No such chat" } },
    schemas: {
      Chat: {
        ...{ type: "object", required: ["id"], description: "A conversation" },
        properties: { id: { type: "string" }, next: { type: ["string", "null"] } },
      },
    },
  },
};

test("an operation is read with who may call it, what it takes and what it answers", () => {
  const [chats] = referenceOf(document).groups;
  expect(chats).toMatchObject({ name: "Chats", description: "Who talks to whom" });
  expect(chats?.operations[0]).toEqual({
    ...{ id: "readChat", method: "GET", path: "/chats/{id}", summary: "Read a chat" },
    description: undefined,
    callers: [
      { name: "apiKey", scopes: ["chats:read"] },
      { name: "session", scopes: [] },
    ],
    parameters: [
      { name: "id", in: "path", isRequired: true, text: "string (uuid)", description: undefined },
    ],
    bodies: [],
    answers: [
      {
        ...{ status: "200", description: "The chat" },
        bodies: [{ type: "application/json", text: "Chat", properties: [] }],
      },
      { status: "404", description: "No such chat", bodies: [] },
    ],
  });
});

test("what goes into a body is said in words, with its bounds", () => {
  const [, patch] = referenceOf(document).groups[0]?.operations ?? [];
  expect(patch).toMatchObject({ id: "patch--chats-id-", callers: [{ name: "apiKey" }] });
  expect(patch?.bodies[0]?.properties).toEqual([
    {
      ...{ name: "status", text: '"open" or "closed"', isRequired: true },
      description: "What it becomes",
    },
    {
      ...{ name: "names", isRequired: false, description: undefined },
      text: "list of string, at most 40 characters, at most 3 of them",
    },
  ]);
});

test("what nobody put into a group comes last, and shapes are listed by name", () => {
  const { groups, shapes } = referenceOf(document);
  expect(groups.map(({ name }) => name)).toEqual(["Chats", "Other"]);
  expect(groups[1]?.operations[0]?.callers).toEqual([]);
  expect(shapes).toMatchObject([
    {
      ...{ name: "Chat", text: "A conversation" },
      properties: [{ name: "id" }, { name: "next", text: "string or null" }],
    },
  ]);
});

test("a document that describes nothing gives a reference of nothing", () => {
  expect(referenceOf({ info: { title: "", version: "1" } })).toEqual({
    ...{ version: "1", description: undefined, groups: [], shapes: [] },
  });
});

import { describeSchema, type Property, propertiesOf, type Schema } from "./reference-schema";

/** As much of an OpenAPI 3.1 document as its readers look at. */
export type ReadableDocument = {
  info: { title: string; version: string; description?: string };
  tags?: { name: string; description?: string }[];
  security?: Record<string, string[]>[];
  paths?: Record<string, object>;
  components?: object;
};

export type Reference = {
  version: string;
  description?: string;
  groups: { name: string; description?: string; operations: Operation[] }[];
  shapes: { name: string; text: string; properties: Property[] }[];
};

export type Operation = {
  id: string;
  method: string;
  path: string;
  summary: string;
  description?: string;
  /** Ways to say who calls, each with the scopes that it takes; empty where anybody may. */
  callers: { name: string; scopes: string[] }[];
  parameters: (Property & { in: string })[];
  bodies: Body[];
  answers: { status: string; description: string; bodies: Body[] }[];
};

/** `type` is a media type, `text` what it is in a few words. */
export type Body = { type: string; text: string; properties: Property[] };

type Ref = { $ref?: string };
type RawBody = Ref & {
  description?: string;
  content?: Record<string, { schema?: Schema }>;
};
type RawOperation = {
  operationId?: string;
  tags?: string[];
  summary?: string;
  description?: string;
  security?: Record<string, string[]>[];
  parameters?: (Ref & { name: string; in: string; required?: boolean; schema?: Schema })[];
  requestBody?: RawBody;
  responses?: Record<string, RawBody>;
};

const methods = ["get", "post", "put", "patch", "delete"] as const;
type Item = Partial<Record<(typeof methods)[number], RawOperation>> & {
  parameters?: RawOperation["parameters"];
};
type Components = Record<string, Record<string, unknown> | undefined>;

/** What a person reads of the document, in its order, for a page that needs no script. */
export function referenceOf(document: ReadableDocument): Reference {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]: [string, Item]) =>
    methods.flatMap((method) => {
      const raw = item[method];
      return raw ? [read(document, path, method, raw, item.parameters ?? [])] : [];
    }),
  );
  const named = document.tags ?? [];
  const names = new Set([...named.map(({ name }) => name), ...operations.map(({ tag }) => tag)]);
  return {
    version: document.info.version,
    description: document.info.description,
    groups: [...names].flatMap((name) => {
      const its = operations.filter(({ tag }) => tag === name).map(({ operation }) => operation);
      const description = named.find((one) => one.name === name)?.description;
      return its.length ? [{ name, description, operations: its }] : [];
    }),
    shapes: Object.entries(componentsOf(document).schemas ?? {}).map(([name, one]) => {
      const schema = one as Schema;
      const text = schema.description ?? describeSchema(schema);
      return { name, text, properties: propertiesOf(schema) };
    }),
  };
}

function read(
  document: ReadableDocument,
  path: string,
  method: string,
  raw: RawOperation,
  shared: NonNullable<RawOperation["parameters"]>,
): { tag: string; operation: Operation } {
  const resolve = <Node extends Ref>(node: Node): Node => resolved(document, node);
  const { summary = "", description, security = document.security ?? [] } = raw;
  return {
    tag: raw.tags?.[0] ?? "",
    operation: {
      id: raw.operationId ?? `${method}-${path.replaceAll(/\W+/g, "-")}`,
      ...{ method: method.toUpperCase(), path, summary, description },
      callers: security.flatMap((way) =>
        Object.entries(way).map(([name, scopes]) => ({ name, scopes })),
      ),
      parameters: [...shared, ...(raw.parameters ?? [])].map(resolve).map((one) => ({
        ...{ name: one.name, in: one.in, isRequired: one.required === true },
        text: describeSchema(one.schema ?? {}),
        description: (one as { description?: string }).description ?? one.schema?.description,
      })),
      bodies: raw.requestBody ? bodiesOf(resolve(raw.requestBody)) : [],
      answers: Object.entries(raw.responses ?? {}).map(([status, answer]) => {
        const found = resolve(answer);
        return { status, description: found.description ?? "", bodies: bodiesOf(found) };
      }),
    },
  };
}

function bodiesOf({ content = {} }: RawBody): Body[] {
  return Object.entries(content).map(([type, { schema = {} }]) => ({
    ...{ type, text: describeSchema(schema), properties: propertiesOf(schema) },
  }));
}

/** What stands where `#/components/...` points; a document of ours points at nothing else. */
function resolved<Node extends Ref>(document: ReadableDocument, node: Node): Node {
  const [, , kind = "", name = ""] = node.$ref?.split("/") ?? [];
  return node.$ref ? ((componentsOf(document)[kind]?.[name] ?? node) as Node) : node;
}

const componentsOf = ({ components }: ReadableDocument) => (components ?? {}) as Components;

import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { apiDocument } from "~/integration/api/document.server";

/** As far as it is looked at; `$ref` points into the document. */
export type Schema = {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  default?: unknown;
  example?: unknown;
  examples?: unknown[];
};

type Parameter = { name: string; in: "path" | "query" | "header"; schema: Schema };
type Content = Record<string, { schema: Schema }>;
type Answer = { content?: Content; headers?: Record<string, { required?: boolean }> };

/** An operation as the document has it, and nothing that the program knows besides. */
export type Described = {
  id: string;
  method: string;
  path: string;
  parameters: Parameter[];
  security: Record<string, string[]>[];
  requestBody?: { content: Content };
  responses: Record<string, Answer>;
};

type Written = Omit<Described, "id" | "method" | "path" | "parameters"> & {
  operationId: string;
  parameters?: Parameter[];
};

// As what a client gets: references and all.
const document = JSON.parse(JSON.stringify(apiDocument()));

export const described: Described[] = Object.entries(
  document.paths as Record<string, Record<string, Written>>,
).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { operationId: id, parameters = [], ...rest }]) => {
    return { ...rest, id, method: method.toUpperCase(), path, parameters };
  }),
);

/** What a schema is, wherever in the document it stands. */
export function resolved(schema: Schema): Schema {
  if (!schema.$ref) return schema;
  const [, ...steps] = schema.$ref.split("/");
  return resolved(steps.reduce((place, step) => place[step], document));
}

const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema(document, "document");

const escaped = (step: string) => step.replaceAll("~", "~0").replaceAll("/", "~1");

function validatorOf(operation: Described, status: string, type: string) {
  const { path, method } = operation;
  const steps = ["paths", path, method.toLowerCase(), "responses", status, "content", type];
  const $ref = `document#/${[...steps, "schema"].map(escaped).map(encodeURIComponent).join("/")}`;
  return ajv.getSchema($ref) ?? ajv.compile({ $ref });
}

type Came = {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: unknown;
};

/** @returns what is wrong with an answer by the document; null where it is as described */
export function faultOf(operation: Described, { status, headers, body }: Came): string | null {
  if (status >= 500) return "it is a fault of the server";
  const answer = operation.responses[String(status)];
  if (!answer) return "the document knows no such status here";
  for (const [name, { required }] of Object.entries(answer.headers ?? {})) {
    if (required && headers[name.toLowerCase()] === undefined) return `there is no header ${name}`;
  }
  const type = String(headers["content-type"] ?? "").split(";", 1)[0] ?? "";
  const types = Object.keys(answer.content ?? {});
  if (!types.length) return body === "" ? null : "the document knows no body here";
  if (!types.includes(type)) return `its type ${type} is not among ${types}`;
  if (!type.includes("json")) return null;
  const validate = validatorOf(operation, String(status), type);
  return validate(body) ? null : ajv.errorsText(validate.errors);
}

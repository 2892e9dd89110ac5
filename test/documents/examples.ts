import { z } from "zod";
import { apiDocument } from "~/integration/api/document.server";

type JsonSchema = Exclude<Parameters<typeof z.fromJSONSchema>[0], boolean>;

/** In what an example of a document is not what a schema of the API's document describes. */
export function faultsOfExample(schema: string, example: unknown): string[] {
  const schemas = (apiDocument().components?.schemas ?? {}) as Record<string, object>;
  if (!schemas[schema]) return [`The API's document has no schema ${schema}`];
  const $defs = JSON.parse(
    JSON.stringify(schemas).replaceAll("#/components/schemas/", "#/$defs/"),
  ) as NonNullable<JsonSchema["$defs"]>;
  const shape = z.fromJSONSchema({ $ref: `#/$defs/${schema}`, $defs });
  const read = shape.safeParse(example);
  return read.success ? [] : [`No ${schema}: ${z.prettifyError(read.error)}`];
}

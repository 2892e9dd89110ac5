/** A JSON Schema (2020-12) as documents of APIs hold it. */
export type Schema = {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  format?: string;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  additionalProperties?: boolean | Schema;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
  default?: unknown;
};

export type Property = { name: string; text: string; isRequired: boolean; description?: string };

/** The name of a schema that stands in `components`, to link to. */
export const nameOf = (ref: string) => ref.split("/").at(-1) ?? ref;

/** What may stand there, in a few words: `list of Chat, at most 10`. */
export function describeSchema(schema: Schema): string {
  if (schema.$ref) return nameOf(schema.$ref);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map(describeSchema).join(" or ");
  if (schema.allOf) return schema.allOf.map(describeSchema).join(" and ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(" or ");
  const kind = [schema.type ?? "anything"].flat().map((type) => kindOf(type, schema));
  const { default: otherwise } = schema;
  const bounds = otherwise === undefined ? [] : [`else ${JSON.stringify(otherwise)}`];
  return [kind.join(" or "), ...boundsOf(schema), ...bounds].join(", ");
}

function kindOf(type: string, { items, format }: Schema): string {
  if (type === "array") return items ? `list of ${describeSchema(items)}` : "list";
  return format ? `${type} (${format})` : type;
}

function boundsOf(schema: Schema): string[] {
  const { minimum, maximum, minLength, maxLength, maxItems } = schema;
  const range = [
    minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER && `at least ${minimum}`,
    maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER && `at most ${maximum}`,
    minLength !== undefined && minLength > 1 && `at least ${minLength} characters`,
    maxLength !== undefined && `at most ${maxLength} characters`,
    maxItems !== undefined && `at most ${maxItems} of them`,
  ];
  return range.filter((one) => one !== false);
}

/** Those of an object, also of one that is made of several, and of the objects of a list. */
export function propertiesOf(schema: Schema): Property[] {
  const { properties = {}, required = [], items, allOf = [], anyOf = [], oneOf = [] } = schema;
  const own = Object.entries(properties).map(([name, one]) => ({
    ...{ name, text: describeSchema(one), isRequired: required.includes(name) },
    description: one.description,
  }));
  const others = [...allOf, ...anyOf, ...oneOf, ...(items ? [items] : [])].flatMap(propertiesOf);
  return [...own, ...others.filter(({ name }) => !own.some((one) => one.name === name))];
}

import { getCountries } from "libphonenumber-js";
import { z } from "zod";
import { messageBody } from "~/chats/message-body";
import { filterActions, stages } from "~/db/schema";
import { type Filter, type FilterKind, strengths } from "./filters";
import type { SettingsChange } from "./settings-change";
import { settingsParts } from "./settings-parts";

/** Each message with a link or a number is held against all of them. */
const [mostDomains, mostCountries] = [500, 20];

/** A domain of at least two parts, as it is compared: lower case, letters of any script. */
const domain = z
  .string()
  .toLowerCase()
  .max(253)
  .regex(
    /^[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?)+$/u,
  );

const countries: ReadonlySet<string> = new Set(getCountries());

/** ISO 3166, of a country whose telephone numbers we know. */
const country = z
  .string()
  .toUpperCase()
  .refine((code) => countries.has(code));

const filterFields = {
  on: z.boolean().default(false),
  strength: z.enum(strengths),
  ...(Object.fromEntries(stages.map((stage) => [stage, z.enum(filterActions)])) as Record<
    (typeof stages)[number],
    z.ZodEnum<{ [action in (typeof filterActions)[number]]: action }>
  >),
};
function fieldsOf(kinds: readonly FilterKind[]) {
  return Object.fromEntries(
    kinds.flatMap((kind) =>
      Object.entries(filterFields).map(([field, schema]) => [`${kind}_${field}`, schema]),
    ),
  );
}

function filtersOf(kinds: readonly FilterKind[], given: Record<string, unknown>) {
  const fields = z.object(filterFields);
  const entries = kinds.map((kind): [FilterKind, Filter] => {
    const own = Object.keys(filterFields).map((field) => [field, given[`${kind}_${field}`]]);
    const { on, strength, ...actions } = fields.parse(Object.fromEntries(own));
    return [kind, { isOn: on, strength, actions }];
  });
  return Object.fromEntries(entries) as SettingsChange["filters"];
}

const basis = z.string().max(64);

const kindsForm = <Part extends "contact" | "abuse">(part: Part) =>
  z
    .object({ intent: z.literal(part), basis, ...fieldsOf(settingsParts[part]) })
    .transform(({ intent, basis, ...given }) => ({
      intent,
      basis,
      change: { filters: filtersOf(settingsParts[part], given) } as SettingsChange,
    }));

/** Things one beside or below the other, each once; the ones that are none are named. */
const list = (one: z.ZodType<string>, most: number, error: string) =>
  z
    .string()
    .max(20_000)
    .default("")
    .transform((text, context) => {
      const words = text.split(/[\s,;]+/).filter(Boolean);
      const wrong = words.filter((word) => !one.safeParse(word).success).slice(0, 5);
      if (wrong.length > 0) {
        context.addIssue({ code: "custom", message: error, params: { wrong: wrong.join(", ") } });
      }
      const read = [...new Set(words.flatMap((word) => one.safeParse(word).data ?? []))].sort();
      if (read.length > most) {
        context.addIssue({ code: "custom", message: "filters.lists.tooMany", params: { most } });
      }
      return read;
    });

const listsForm = z
  .object({
    intent: z.literal("lists"),
    basis,
    allowedDomains: list(domain, mostDomains, "filters.domains.wrong"),
    phoneCountries: list(country, mostCountries, "filters.countries.wrong"),
  })
  .transform(({ intent, basis, ...change }) => ({
    intent,
    basis,
    change: change as SettingsChange,
  }));

/** What can be sent from `/admin/filters`. */
export const filtersForm = z.discriminatedUnion(
  "intent",
  [
    kindsForm("contact"),
    kindsForm("abuse"),
    listsForm,
    z.object({ intent: z.literal("try"), text: messageBody(4_000) }),
  ],
  { error: "chat.intent.unknown" },
);

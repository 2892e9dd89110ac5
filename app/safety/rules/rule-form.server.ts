import { z } from "zod";
import { idShape } from "~/chats/drafts";
import { messageBody } from "~/chats/message-body";
import { ruleKinds, stages } from "~/db/schema";
import { says } from "~/http/form-phrases.server";
import { ruleFault } from "../rule";
import { patternFault } from "./pattern-fault";
import { type RuleDraft, ruleLimits } from "./rule-draft";

const stageFields = Object.fromEntries(
  stages.map((stage) => [`stage_${stage}`, z.boolean().default(false)]),
);

const ruleFields = {
  name: messageBody(ruleLimits.name),
  kind: z.enum(ruleKinds),
  pattern: messageBody(ruleLimits.pattern),
  action: z.enum(["flag", "warn", "block"]),
  message: messageBody(ruleLimits.message),
  ...stageFields,
};

type Fields = Omit<RuleDraft, "stages"> & Record<string, unknown>;

/** The stages that are ticked, and what is wrong with what it looks for. */
function draftFrom(fields: Fields, context: z.core.$RefinementCtx): RuleDraft {
  const ticked = stages.filter((stage) => fields[`stage_${stage}`] === true);
  if (ticked.length === 0) {
    context.addIssue({
      code: "custom",
      path: ["stages"],
      message: "rule.stages.none",
      input: fields,
    });
  }
  const { name, kind, pattern, action, message } = fields;
  const fault = ruleFault({ kind, pattern });
  if (fault) {
    const where = fault === "syntax" ? patternFault(pattern) : null;
    const params = where ? { ...where } : undefined;
    const id = `rule.pattern.${fault}`;
    context.addIssue({ code: "custom", path: ["pattern"], message: id, params, input: fields });
  }
  return { name, kind, pattern, action, stages: ticked, message };
}

const id = idShape.toLowerCase();
const version = z.coerce.number().int().min(1);

/** What is sent from the page of a new rule; the id is made with the form. */
export const newRuleForm = z
  .object({ id, ...ruleFields })
  .transform(({ id, ...fields }, context) => ({ id, draft: draftFrom(fields as Fields, context) }));

/** What an admin does on the page of a rule. */
export const ruleForm = z.discriminatedUnion(
  "intent",
  [
    z
      .object({ intent: z.literal("save"), version, ...ruleFields })
      .transform(({ intent, version, ...fields }, context) => {
        return { intent, version, draft: draftFrom(fields as Fields, context) };
      }),
    z.object({ intent: z.literal("switch"), version, isOn: z.stringbool() }),
    z.object({ intent: z.literal("remove") }),
    z.object({ intent: z.literal("try") }),
    z.object({ intent: z.literal("cancel") }),
  ],
  { ...says("chat.intent.unknown") },
);

export type RuleForm = z.output<typeof ruleForm>;

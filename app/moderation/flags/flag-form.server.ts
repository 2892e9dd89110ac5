import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import type { Phrase } from "~/ui/i18n";
import { decideFlag, type FlagDecided } from "./decide.server";
import type { FlagForm } from "./flag-form";
import { releaseFlag } from "./hold.server";

type Refusal = { refused: Phrase; status: 409 | 422 };

/**
 * Does what a form of a flag's page asks for.
 *
 * @returns null when there is no such flag for this viewer; 409 where somebody else was faster
 */
export async function actOnFlag(
  db: Db,
  viewer: Viewer,
  flagId: string,
  form: FlagForm,
): Promise<{ done: true } | Refusal | null> {
  if (form.intent === "decide") return toAnswer(await decideFlag(db, viewer, flagId, form));
  const released = await releaseFlag(db, viewer, flagId);
  if (released && "refused" in released) {
    return { refused: { id: "flag.refused.gone" }, status: 409 };
  }
  return released;
}

function toAnswer(decided: FlagDecided | null): { done: true } | Refusal | null {
  if (!decided || "done" in decided) return decided;
  const id = `flag.refused.${decided.refused}` as const;
  return "by" in decided
    ? { refused: { id, values: { name: decided.by } }, status: 409 }
    : { refused: { id }, status: 422 };
}

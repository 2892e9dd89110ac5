import type { Db } from "~/db/client.server";
import { stages } from "~/db/schema";
import { judge } from "./judge";
import { readSettings } from "./stored-settings.server";
import type { Verdict } from "./verdict";

export type Tried = { stage: (typeof stages)[number]; verdict: Verdict }[];

/** What would become of a message that said this and stood alone, at each stage; nothing is stored. */
export async function tryText(db: Db, text: string): Promise<Tried> {
  const { settings } = await readSettings(db);
  return stages.map((stage) => ({ stage, verdict: judge(text, { stage, earlier: [] }, settings) }));
}

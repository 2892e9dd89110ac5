import type { Db } from "~/db/client.server";
import type { Means } from "../means";

/** What one step came to; anything else than what was asked for left the chat as it was. */
export type Outcome =
  | "closed"
  | "archived"
  | "deleted"
  | "restored"
  | "held"
  | "notDue"
  | "superseded";

export type StepDone = { outcome: Outcome; messages: number; bytes: number };

type Step = (db: Db, means: Means, chatId: string, now: Date) => Promise<StepDone>;

/** What a run does to one chat. Each can be killed anywhere and called again. */
export type Work = {
  close: Step;
  archive: Step;
  delete: Step;
  /** Goes on with what an earlier run left half done, whatever it was. */
  resume: Step;
  /** Chats that were left so, by id. */
  listLeft(db: Db, after: string | null): Promise<string[]>;
  /** Lets erasures go on that waited for a hold. */
  erase(db: Db, now: Date): Promise<unknown>;
};

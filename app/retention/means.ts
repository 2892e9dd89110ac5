import type { Storage } from "~/storage/storage";

/** What moving a chat in or out takes beside the database. */
export type Means = {
  storage: Storage;
  /** The session secret, which the signing keys are sealed with. */
  secret: string;
  /** Where the operator's Parley is; null where it was not told. */
  operator: string | null;
  /** Aborted when the process has to stop: it ends after the batch that it is at. */
  signal?: AbortSignal;
  /**
   * Called after each batch, outside of any transaction, to leave the database to others for a while.
   *
   * @param workedMs how long the batch took
   */
  rest?(workedMs: number, rows: number): Promise<void>;
  /** Called where one step is committed and the next one has not begun. */
  between?(step: Step): Promise<void>;
};

/** Whatever ends a process between two of these, the next run goes on to the same end. */
export type Step =
  | "noted"
  | "read"
  | "written"
  | "checked"
  | "moved"
  | "batch"
  | "emptied"
  | "asked"
  | "filled"
  | "restored"
  | "objects"
  | "rows";

/**
 * `superseded`: another run took it up, and goes on. `held` and `notDue`: nothing was changed, or
 * what was begun was undone. `messages`: rows that were moved or deleted; `bytes`: of the objects that
 * were written or removed.
 */
export type Done = {
  outcome: "archived" | "restored" | "deleted" | "held" | "notDue" | "superseded";
  messages: number;
  bytes: number;
};

/** Another run took up the same chat meanwhile: this one may touch nothing of it any more. */
export class Superseded extends Error {
  override name = "Superseded";
}

/** The archive in the storage is missing, damaged or not ours; for the log, without its content. */
export class ArchiveDamaged extends Error {
  override name = "ArchiveDamaged";
}

export async function step(means: Means, at: Step): Promise<void> {
  await means.between?.(at);
  means.signal?.throwIfAborted();
}

import type { Db } from "./client.server";

/**
 * Under what a change is made: asked in its transaction, once what it changes is locked and before
 * anything is written. It throws where that does not hold, and then nothing is changed.
 */
export type Provided = (tx: Db) => Promise<void>;

import { environment } from "~/operations/environment.server";
import { openStorage } from "./open.server";

/** The storage of this web process. Domains take theirs as a parameter; only the edge imports it. */
export const storage = openStorage(environment().storage, environment());

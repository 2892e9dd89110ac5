import { environment } from "~/operations/environment.server";
import { connect } from "./client.server";

const { databaseUrl, databasePoolSize } = environment();
const pool = connect(databaseUrl, { max: databasePoolSize, warm: 2 });

/** The pool of this web process. Domains take theirs as a parameter; only the edge imports it. */
export const { db, close: closeDb } = pool;

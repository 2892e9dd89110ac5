import { environment } from "~/operations/environment.server";
import { connect } from "./client.server";

const pool = connect(environment().databaseUrl);

/** The pool of this web process. Domains take theirs as a parameter; only the edge imports it. */
export const { db, close: closeDb } = pool;

import { type SQLWrapper, sql } from "drizzle-orm";

/** Words of the host marketplace. Expects the alias `m`. */
export const isOfHost = sql`coalesce(m.event ->> 'kind' = 'host', false)`;

/**
 * Words of others to somebody, the host's among them: what he is called for, and not what a chat says
 * of itself. Expects the alias `m`.
 */
export const isToldTo = (userId: SQLWrapper) => sql`(m.sender_id <> ${userId} or ${isOfHost})`;

import { findFixedSession, type Session } from "~/accounts/sessions.server";
import type { Db } from "~/db/client.server";
import { readUserToken } from "./user-token.server";

/** @returns what comes after `Bearer` in the header; null without one */
export function readBearer(authorization: string | undefined): string | null {
  return /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1] ?? null;
}

/**
 * Whoever a user token stands for; also one who is suspended or banned, as `findSession`.
 *
 * @param bearer of the `Authorization` header
 * @returns null for a token that is not ours or expired, and for one whose session ended
 */
export async function findTokenViewer(db: Db, bearer: string | null): Promise<Session | null> {
  const asked = bearer === null ? null : await readUserToken(bearer);
  return asked && findFixedSession(db, asked);
}

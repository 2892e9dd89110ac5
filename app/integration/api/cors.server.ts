import { eq } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { apiOrigins } from "~/db/schema";
import { methods } from "./operation";

const shown = "ETag, Location, RateLimit, RateLimit-Policy, Retry-After, Idempotency-Replayed";
const sent = "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID";
/** Seconds for which a browser need not ask again; an origin that is taken off the list is off by then. */
const rememberedSeconds = 60;

/**
 * What lets the pages of another origin read answers, where an admin listed it: with a token in
 * `Authorization`, never with the cookie.
 */
export async function corsHeaders(
  db: Db,
  { method }: { method?: string | undefined },
  origin: string | null,
): Promise<Record<string, string>> {
  if (!origin || origin.length > 300 || origin.includes("\0")) return { Vary: "Origin" };
  const [listed] = await db.select().from(apiOrigins).where(eq(apiOrigins.origin, origin));
  if (!listed) return { Vary: "Origin" };
  const headers = { Vary: "Origin", "Access-Control-Allow-Origin": origin };
  if (method !== "OPTIONS") return { ...headers, "Access-Control-Expose-Headers": shown };
  return {
    ...headers,
    "Access-Control-Allow-Methods": methods.join(", "),
    "Access-Control-Allow-Headers": sent,
    "Access-Control-Max-Age": String(rememberedSeconds),
  };
}

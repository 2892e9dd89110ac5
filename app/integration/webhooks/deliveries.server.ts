import { and, desc, eq, lt, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "~/db/client.server";
import {
  webhookAttempts,
  webhookDeliveries,
  webhookEndpoints,
  webhookMessages,
  webhookStates,
} from "~/db/schema";
import { type Attempt, type Delivery, messageName } from "./endpoint";
import { type By, mayManage } from "./endpoints.server";

export const deliveriesQuery = z
  .object({
    state: z
      .enum(webhookStates, { error: "webhooks.stateUnknown" })
      .optional()
      .meta({ description: "Only those that are so far", example: "failed" }),
    before: z
      .string()
      .regex(/^\d{1,15}$/, { error: "webhooks.cursorUnknown" })
      .optional()
      .meta({ description: "`next` of the page before", example: "1042" }),
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .max(100)
      .default(30)
      .meta({ description: "How many at most", example: 30 }),
  })
  .meta({ description: "Which deliveries of an endpoint" });

export type DeliveriesQuery = z.output<typeof deliveriesQuery>;

/**
 * What an endpoint was told or is to be, of the last 7 days, the newest first.
 *
 * @returns null for whoever is no admin, and where there is no such endpoint
 */
export async function listDeliveries(
  db: Db,
  by: By,
  endpointId: string,
  { state, before, limit }: DeliveriesQuery,
): Promise<{ data: Delivery[]; next: string | null } | null> {
  if (!mayManage(by)) return null;
  const [endpoint] = await db
    .select({ id: webhookEndpoints.id })
    .from(webhookEndpoints)
    .where(eq(webhookEndpoints.id, endpointId));
  if (!endpoint) return null;
  const d = webhookDeliveries;
  const rows = await db
    .select({
      messageId: d.messageId,
      position: d.position,
      type: webhookMessages.type,
      chatId: webhookMessages.chatId,
      userId: webhookMessages.userId,
      state: d.state,
      attempts: d.attempts,
      happenedAt: webhookMessages.happenedAt,
      finishedAt: d.finishedAt,
      // Only of the first that waits of its chat: the others have no time yet.
      nextAttemptAt: sql<string | null>`(
        select to_json(l.next_attempt_at) #>> '{}' from webhook_lanes l
        where ${d.state} = 'waiting' and l.endpoint_id = ${d.endpointId} and l.order_key = ${d.orderKey}
          and not exists (
            select from webhook_deliveries earlier where earlier.endpoint_id = l.endpoint_id
              and earlier.order_key = l.order_key and earlier.state = 'waiting'
              and earlier.position < ${d.position}))`,
    })
    .from(d)
    .innerJoin(webhookMessages, eq(webhookMessages.id, d.messageId))
    .where(
      and(
        eq(d.endpointId, endpointId),
        state && eq(d.state, state),
        before ? lt(d.position, Number(before)) : undefined,
      ),
    )
    .orderBy(desc(d.position))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  return {
    data: shown.map(
      ({ messageId, position: _, nextAttemptAt, happenedAt, finishedAt, ...row }) => ({
        ...row,
        id: messageName(messageId),
        endpointId,
        nextAttemptAt: nextAttemptAt && new Date(nextAttemptAt).toISOString(),
        happenedAt: happenedAt.toISOString(),
        finishedAt: finishedAt?.toISOString() ?? null,
      }),
    ),
    next: rows.length > limit ? String(shown.at(-1)?.position) : null,
  };
}

/**
 * Each time that something was sent to an endpoint, or was to be, the latest first.
 *
 * @param messageId without `msg_`
 * @returns null for whoever is no admin, and where there is no such delivery
 */
export async function listAttempts(
  db: Db,
  by: By,
  { endpointId, messageId }: { endpointId: string; messageId: string },
): Promise<Attempt[] | null> {
  if (!mayManage(by)) return null;
  const d = webhookDeliveries;
  const [delivery] = await db
    .select({ messageId: d.messageId })
    .from(d)
    .where(and(eq(d.endpointId, endpointId), eq(d.messageId, messageId)));
  if (!delivery) return null;
  const a = webhookAttempts;
  const rows = await db
    .select({
      id: a.id,
      at: a.at,
      durationMs: a.durationMs,
      status: a.status,
      error: a.error,
      answer: a.answer,
    })
    .from(a)
    .where(and(eq(a.endpointId, endpointId), eq(a.messageId, messageId)))
    .orderBy(desc(a.at), desc(a.id));
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

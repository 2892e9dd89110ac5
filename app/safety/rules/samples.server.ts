import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { chatMessages, chats, filterDryRuns, filterRuleVersions } from "~/db/schema";
import { audit } from "~/moderation/audit/audit.server";
import { prepare } from "../prepare";
import { compileRule } from "../rule";
import { excerpt } from "./excerpt";
import { ruleOf } from "./rule-of.server";

/** What a rule found in a message, with a little of what stands around it. */
type Sample = {
  id: string;
  sentAt: string;
  before: string;
  words: string;
  after: string;
};

/**
 * Samples of what the last dry run of a rule hit, the newest first; what was unsent or removed since
 * is not among them. That somebody looks is in the audit log, once for each chat that one of them is
 * from.
 *
 * @returns null when there is no such dry run
 */
export async function viewSamples(
  db: Db,
  viewer: Viewer,
  dryRunId: string,
): Promise<Sample[] | null> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .select({ samples: filterDryRuns.samples, version: filterRuleVersions })
      .from(filterDryRuns)
      .innerJoin(
        filterRuleVersions,
        and(
          eq(filterRuleVersions.ruleId, filterDryRuns.ruleId),
          eq(filterRuleVersions.version, filterDryRuns.version),
        ),
      )
      .where(eq(filterDryRuns.id, dryRunId));
    if (!row) return null;
    const rule = ruleOf(row.version);
    const { find } = compileRule(rule);
    const said = await readMessages(tx, row.samples);
    const samples = said.flatMap(({ id, chatId, seq, createdAt, body }) => {
      const words = find(prepare(body ?? ""))[0];
      if (!body || words === undefined) return [];
      const sentAt = createdAt.toISOString();
      return [{ chatId, seq, sample: { id, sentAt, ...excerpt(body, words) } }];
    });
    const byChat = Map.groupBy(samples, ({ chatId }) => chatId);
    const entries = [...byChat].map(([chatId, of]) => ({
      action: "rule.sample_viewed" as const,
      chatId,
      details: { rule: rule.id, version: rule.version, seqs: of.map(({ seq }) => seq) },
    }));
    await audit(tx, viewer, ...entries);
    return samples.map(({ sample }) => sample);
  });
}

async function readMessages(tx: Db, ids: string[]) {
  if (ids.length === 0) return [];
  const { id, chatId, seq, createdAt, body } = chatMessages;
  return tx
    .select({ id, chatId, seq, createdAt, body })
    .from(chatMessages)
    .innerJoin(chats, eq(chats.id, chatMessages.chatId))
    .where(
      and(inArray(chatMessages.id, ids), isNull(chatMessages.deletedAt), isNull(chats.disputeId)),
    )
    .orderBy(chatMessages.createdAt, chatMessages.id)
    .then((rows) => rows.reverse());
}

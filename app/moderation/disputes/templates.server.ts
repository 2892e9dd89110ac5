import { eq, sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { answerTemplates } from "~/db/schema";
import { audit } from "../audit/audit.server";
import type { Template } from "./template";

/** The answers that moderators share, by title. The caller has made sure that it is one who asks. */
export async function listTemplates(db: Db): Promise<Template[]> {
  const { id, title, body } = answerTemplates;
  return db.select({ id, title, body }).from(answerTemplates).orderBy(sql`lower(title)`, title);
}

/** Saves an answer for all moderators; one of the same title is changed. */
export async function saveTemplate(
  db: Db,
  viewer: Viewer,
  { title, body }: Omit<Template, "id">,
): Promise<{ id: string }> {
  return db.transaction(async (tx) => {
    const [saved] = await tx
      .insert(answerTemplates)
      .values({ title, body })
      .onConflictDoUpdate({ target: answerTemplates.title, set: { body } })
      .returning({ id: answerTemplates.id });
    if (!saved) throw new Error("A template was not saved");
    await audit(tx, viewer, { action: "template.saved", details: { templateId: saved.id, title } });
    return saved;
  });
}

/** Deleting what is gone changes nothing. */
export async function deleteTemplate(db: Db, viewer: Viewer, id: string): Promise<void> {
  await db.transaction(async (tx) => {
    const [gone] = await tx
      .delete(answerTemplates)
      .where(eq(answerTemplates.id, id))
      .returning({ title: answerTemplates.title });
    if (!gone) return;
    const details = { templateId: id, title: gone.title };
    await audit(tx, viewer, { action: "template.deleted", details });
  });
}

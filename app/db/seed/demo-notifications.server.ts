import { and, eq, sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { devices, notifications } from "~/db/schema";
import { markNotificationsRead } from "~/notifications/mark-read.server";
import { muteChat } from "~/notifications/mute.server";
import { raiseNotifications } from "~/notifications/raise.server";
import { listOwnReports, markReportsSeen } from "~/safety/reports/own-reports.server";

type DemoId = (kind: string, key: string) => string;

/** Browsers that people signed in with for the first time, the oldest first. */
const signIns = [
  { person: "seller", browser: "Chrome", system: "Android", hoursAgo: 9 * 24, isRead: true },
  { person: "buyer", browser: "Firefox", system: "Windows", hoursAgo: 6 * 24, isRead: true },
  { person: "buyer", browser: "Safari", system: "iOS", hoursAgo: 3, isRead: false },
] as const;

/** What came to people's notice long before anything else that the market tells of. */
export async function tellDemoSignIns(tx: Db, demoId: DemoId, now: Date): Promise<void> {
  for (const { person, browser, system, hoursAgo, isRead } of signIns) {
    const userId = demoId("user", person);
    const subjectId = demoId("device", `${person}/${browser}`);
    const data = { what: "newDevice", browser, system } as const;
    const at = new Date(now.getTime() - hoursAgo * 3_600_000);
    // No browser's name has such a hash: nobody signs in with these.
    const tokenHash = `demo ${subjectId}`;
    const device = { id: subjectId, userId, tokenHash, browser, system };
    await tx.insert(devices).values({ ...device, firstSeenAt: at, lastSeenAt: at });
    await raiseNotifications(tx, [{ userId, kind: "sign_in", subjectId, data }]);
    const isOfIt = and(eq(notifications.userId, userId), eq(notifications.subjectId, subjectId));
    await tx.update(notifications).set({ createdAt: at }).where(isOfIt);
    if (isRead) await markNotificationsRead(tx, { id: userId }, { kind: "sign_in", subjectId });
  }
}

/**
 * Some of what was told is read, as people do: how a case began once it went on, a warning, what came of
 * a report. One chat calls its buyer no more.
 */
export async function settleDemoNotifications(tx: Db, demoId: DemoId): Promise<void> {
  const [buyer, bo] = ["buyer", "bo"].map((key) => ({ id: demoId("user", key) }));
  if (!buyer || !bo) throw new Error("The demo market lacks people");
  await tx.execute(sql`
    update notifications n set read_at = clock_timestamp()
    where n.read_at is null and n.kind = 'case' and exists (
      select from notifications later
      where later.user_id = n.user_id and later.subject_id = n.subject_id
        and later.version > n.version)`);
  const warned = { kind: "sanction", subjectId: demoId("sanction", "bo-warning") } as const;
  await markNotificationsRead(tx, bo, warned);
  await markNotificationsRead(tx, buyer, { kinds: ["report"] });
  const { reports } = await listOwnReports(tx, buyer, { size: 10 });
  await markReportsSeen(
    tx,
    buyer,
    reports.map(({ id }) => id),
  );
  await muteChat(tx, buyer, { chatId: demoId("chat", "L-1009/buyer"), time: "ever" });
}

import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { personalExportJob } from "~/retention/personal/export-job.server";
import { readOwnData } from "~/retention/personal/own-data.server";
import { db, sql } from "~test/database";
import { makeUser } from "~test/factories";
import { makeHost, makeHostUser } from "~test/hosts";
import { runJobs } from "~test/jobs";
import { makeDiskStorage } from "~test/storages";
import { listExportsFor, openExportFor, requestExportFor } from "./exports.server";

const host = await makeHost(db);

test("the host gets the data of its own people, and each time is in the audit log", async () => {
  const person = await makeHostUser(db, { isVerified: true, dealsDone: 37 });
  const { storage } = makeDiskStorage();
  const means = () => ({ storage, secret: "a secret that only tests know, 32+", operator: null });
  const asked = await requestExportFor(db, host, person.id);
  const exportId = asked && "id" in asked ? asked.id : "";
  const at = { userId: person.id, exportId };
  expect(await openExportFor(db, storage, host, at)).toBeNull();
  await runJobs(db, { jobs: { "personal-export": personalExportJob(means) }, where: { exportId } });
  expect(await listExportsFor(db, host, person.id)).toMatchObject([
    { id: exportId, state: "ready" },
  ]);
  const opened = await openExportFor(db, storage, host, at);
  const parts: Buffer[] = [];
  for await (const part of opened?.parts ?? []) parts.push(part);
  expect(Buffer.concat(parts).subarray(0, 2).toString()).toBe("PK");
  const entries = await sql`
    select action from audit_log where person_id = ${person.id} and action like 'user.export%'
    order by seq`;
  expect(entries).toEqual([{ action: "user.export_asked" }, { action: "user.export_opened" }]);
  // It holds what the host itself said.
  expect((await readOwnData(db, person.id)).account).toMatchObject({
    ...{ idAtMarketplace: person.externalId, isVerified: true, dealsDone: 37, email: null },
    saidByMarketplaceAt: expect.any(String),
    suspendedByMarketplaceAt: null,
  });

  const other = { ...at, userId: (await makeHostUser(db)).id };
  expect(await openExportFor(db, storage, host, other)).toBeNull();
});

test("of nobody else the host gets anything", async () => {
  const staff = await makeUser(db, { externalId: randomUUID(), role: "moderator" });
  for (const { id } of [await makeUser(db), staff, { id: randomUUID() }]) {
    expect(await requestExportFor(db, host, id)).toBeNull();
    expect(await listExportsFor(db, host, id)).toBeNull();
  }
  expect(await sql`select from personal_exports where user_id = ${staff.id}`).toHaveLength(0);
});

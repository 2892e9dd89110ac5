import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { diskStorage } from "~/storage/disk.server";

/** An empty storage in a temporary folder, gone when the test is. */
export function makeDiskStorage() {
  const folder = mkdtempSync(join(tmpdir(), "parley-storage-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return { folder, storage: diskStorage({ folder }) };
}

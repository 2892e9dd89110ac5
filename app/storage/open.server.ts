import { join } from "node:path";
import type { Environment } from "~/operations/environment.server";
import { diskStorage } from "./disk.server";
import type { Storage } from "./storage";

type Settings = Pick<Environment, "dataDir">;

/** The storage that the operator has set. */
export function openStorage({ dataDir }: Settings): Storage {
  return diskStorage({ folder: join(dataDir, "objects") });
}

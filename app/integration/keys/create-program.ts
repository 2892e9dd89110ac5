import { parseArgs } from "node:util";
import { asServer, runProgram } from "~/operations/program.server";
import { StartupError } from "~/operations/startup-error.server";
import { scopeNames } from "../api/scopes";

const usage = `npm run keys:create -- --name NAME --scopes A,B [--days N]
  --scopes  ${scopeNames.join(", ")}; or: all
  --days    how long the key is good for; without it, until it is revoked`;

/** `npm run keys:create`: writes the key and nothing else to its output; see docs/operating.md. */
async function main(): Promise<number> {
  const given = readArguments();
  const key = await asServer(async (db) => {
    // What it is done with reads the environment.
    const { keyForm } = await import("./keys.server");
    const { createKeyAsOldestAdmin } = await import("./create-as-oldest-admin.server");
    const read = keyForm.safeParse(given);
    if (!read.success) throw new StartupError(usage);
    const made = await createKeyAsOldestAdmin(db, read.data);
    if (!made) throw new StartupError("There is no admin yet, in whose name a key could be made");
    if ("refused" in made) throw new Error("A key of this id was made before");
    return made.key;
  });
  process.stdout.write(`${key}\n`);
  return 0;
}

function readArguments() {
  try {
    const { name, scopes, days } = parseArgs({
      options: {
        name: { type: "string" },
        scopes: { type: "string" },
        days: { type: "string" },
      },
    }).values;
    return {
      name,
      scopes: scopes === "all" ? scopeNames : scopes?.split(",").map((scope) => scope.trim()),
      expiresInDays: days,
    };
  } catch (error) {
    throw new StartupError(`${(error as Error).message}\n${usage}`);
  }
}

runProgram(main);

import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startBuiltCommand } from "~test/built-server";

/** The programs are built, and share the machine with other tests. In ms. */
const patience = 120_000;

const commands = {
  "keys-create": ["--name", "The shop", "--scopes", "all"],
  "keys-rotate": [],
  "audit-verify": [],
  retention: ["--dry-run"],
};

/** What each of them says, and what it ends with. */
function sayAll(variables: Record<string, string>) {
  const all = Object.entries(commands).map(async ([name, args]) => {
    const { ended, output } = await startBuiltCommand(name, args, variables);
    return { name, status: await ended, output };
  });
  return Promise.all(all);
}

const everyOne = (line: string) =>
  Object.keys(commands).map((name) => ({ name, status: 1, output: [line] }));

function makeFolder() {
  const folder = mkdtempSync(join(tmpdir(), "parley-elsewhere-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test(
  "a command in a folder without a database says so in one line, and leaves nothing there",
  async () => {
    const folder = makeFolder();
    for (const dataDir of [folder, join(folder, "none")]) {
      const said = await sayAll({ DATABASE_URL: "", SESSION_SECRET: "", DATA_DIR: dataDir });
      expect(said).toEqual(
        everyOne(
          `DATA_DIR: there is no database in ${dataDir}; give the folder that the server has, for example DATA_DIR=.data`,
        ),
      );
    }
    expect(readdirSync(folder)).toEqual([]);
  },
  patience,
);

test(
  "a command says in one line that nobody answers at the database's address",
  async () => {
    const said = await sayAll({
      DATABASE_URL: "postgres://parley:secret@127.0.0.1:1/parley",
      DATA_DIR: makeFolder(),
    });
    expect(said).toEqual(
      everyOne(
        "DATABASE_URL: the database cannot be opened (connect ECONNREFUSED 127.0.0.1:1); for example DATABASE_URL=postgres://parley:secret@localhost/parley",
      ),
    );
  },
  patience,
);

import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { scopeNames } from "~/integration/api/scopes";
import { createKey } from "~/integration/keys/keys.server";
import { startBuiltServer } from "~test/built-server";
import { db } from "~test/database";
import { makeUser } from "~test/factories";
import index from "../../docs/README.md?raw";
import { root } from "../../scripts/machine.mjs";
import { faultsOfDocument } from "./check-document";
import { faultsOfExample } from "./examples";

const tests = import.meta.glob<string>(["../*.test.ts", "../../app/integration/**/*.test.ts"], {
  ...{ eager: true, query: "?raw", import: "default" },
});

const secret = "what the marketplace and Parley share, and nobody else";
const issuer = "https://market.example.com";

/** Those that `docs/README.md` names for developers, in their order. */
const documents = [
  "README.md",
  "first-chat.md",
  "identity.md",
  "subjects-and-stages.md",
  "live-stream.md",
  "webhooks.md",
  "errors-and-limits.md",
  "production.md",
];

async function startParley() {
  const admin = await makeUser(db, { role: "admin" });
  const made = await createKey(db, admin, { name: "Documents", scopes: [...scopeNames] });
  if (!made || "refused" in made) throw new Error("No key was made");
  const { address } = await startBuiltServer({ SSO_SECRET: secret, SSO_ISSUER: issuer });
  return { PARLEY_URL: address, PARLEY_KEY: made.key, SSO_SECRET: secret, SSO_ISSUER: issuer };
}

test.each(documents)(
  "%s: each command and each block of code does what it says",
  async (file) => {
    const faults = await faultsOfDocument(file, {
      variables: await startParley(),
      isNamedInTest: (name) => Object.values(tests).some((text) => text.includes(`"${name}"`)),
      faultsOfExample,
    });
    expect(faults).toEqual([]);
  },
  120_000,
);

test("the index names every document that there is, and none that is not there", () => {
  const named = [...index.matchAll(/\]\(([\w-]+\.md)(#[\w-]+)?\)/g)].map(([, name = ""]) => name);
  const there = readdirSync(`${root}docs`).filter((name) => name.endsWith(".md"));
  expect([...new Set(named)].sort()).toEqual(there.filter((name) => name !== "README.md").sort());
});

test("every document that the index names for developers is run", () => {
  const [, part = ""] = /^## For who plugs (.*?)^## /ms.exec(index) ?? [];
  const named = [...part.matchAll(/^\d+\. \[.*?\]\(([\w-]+\.md)\)/gm)].map(([, name]) => name);
  expect(named).toEqual(documents.slice(1));
});

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { complaintsAbout, type FrontName, versionOf } from "./front";

const names: FrontName[] = ["nginx", "haproxy"];

test("nginx and HAProxy take the examples as they are, where they are installed", async () => {
  const installed = names.filter(versionOf);
  for (const name of installed) expect(await complaintsAbout(name), name).toBe("");
});

test("docs/operating.md shows the examples that are tried", () => {
  const document = readFileSync("docs/operating.md", "utf8");
  for (const file of ["nginx.conf", "haproxy.cfg"]) {
    expect(document).toContain(readFileSync(`docs/examples/${file}`, "utf8"));
  }
});

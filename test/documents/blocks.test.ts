import { expect, test } from "vitest";
import { blocksOf } from "./blocks";
import { faultsOf } from "./check-command";
import { isAsSaid, runProgram } from "./run-program";

test("blocks are found with their language, their words and without their indent", () => {
  const text = [
    "# A page",
    "```js",
    "one();",
    "```",
    "1. a list",
    "   ```json Chat",
    "   {",
    '     "a": 1',
    "   }",
    "   ```",
    "````text",
    "```",
    "````",
  ];
  expect(blocksOf(text.join("\n"))).toEqual([
    { language: "js", words: [], text: "one();\n", line: 2 },
    { language: "json", words: ["Chat"], text: '{\n  "a": 1\n}\n', line: 6 },
    { language: "text", words: [], text: "```\n", line: 11 },
  ]);
  expect(() => blocksOf("```js\none();")).toThrow("line 1 has no end");
});

test("a command that is not there is found, and a variable that nothing reads", () => {
  expect(
    faultsOf("npm start\nnpm run dev # hot\nSSO_SECRET=$(openssl rand -hex 32) npm start"),
  ).toEqual([]);
  expect(
    faultsOf("npx parley-verify transcript.json\nPARLEY_KEY=pk_… node first-chat.mjs"),
  ).toEqual([]);
  expect(faultsOf("npm run nothing")).toEqual(["No command that there is: npm run nothing"]);
  expect(faultsOf("curl http://127.0.0.1")).toHaveLength(1);
  expect(faultsOf("PROT=3000 \\\n  npm start")).toEqual(["No variable of Parley: PROT"]);
});

test("a program of a document that fails fails the test with what it said", async () => {
  expect(await runProgram("fine", "console.log(process.env.A)", { A: "b" })).toBe("b\n");
  await expect(runProgram("wrong", "throw new Error('as said')", {})).rejects.toThrow("as said");
  await expect(runProgram("gone", "import 'nothing-like-that'", {})).rejects.toThrow("gone failed");
});

test("what is printed is held against what the document says", () => {
  expect(isAsSaid("chat 0f1a\n201 (new)\n", "chat …\n201 (new)")).toBe(true);
  expect(isAsSaid("chat 0f1a\n200 (new)\n", "chat …\n201 (new)")).toBe(false);
  expect(isAsSaid("one\ntwo", "one")).toBe(false);
});

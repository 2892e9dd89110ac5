import { readFileSync } from "node:fs";
import { getPriority } from "node:os";
import { expect, test, vi } from "vitest";
import { flatPng } from "~test/pictures";
import { type Child, PictureProcessDied, startChild } from "./child.server";
import type { Task } from "./tasks";
import { makeWorkshop } from "./workshop.server";

const render: Task = { name: "render", kind: "png", maxPixels: 50_000_000 };
const small = [flatPng(4, 4)];
const patience = { timeout: 15_000 };

/** A workshop whose processes can be looked at. */
function watched(options: Partial<Parameters<typeof makeWorkshop>[0]> = {}) {
  const children: (Child & { hasEnded: boolean })[] = [];
  const workshop = makeWorkshop({
    taskMs: 60_000,
    idleMs: 60_000,
    ...options,
    start: ({ onEnd }) => {
      const child = startChild({
        onEnd: () => {
          entry.hasEnded = true;
          onEnd();
        },
      });
      const entry = Object.assign(child, { hasEnded: false });
      children.push(entry);
      return child;
    },
  });
  return { workshop, children };
}

test("a picture whose process dies is refused; the others are made by a new one", async () => {
  const { workshop, children } = watched();
  const first = workshop.run(render, [flatPng(6_000, 6_000)]);
  const others = [workshop.run(render, small), workshop.run(render, small)];
  await vi.waitFor(() => expect(children).toHaveLength(1), patience);
  children[0]?.kill();
  await expect(first).rejects.toThrow(PictureProcessDied);
  for (const other of others) expect((await other).head).toMatchObject({ facts: { width: 4 } });
  expect(children).toHaveLength(2);
});

test("a process that died while nobody wanted anything is not missed", async () => {
  const { workshop, children } = watched();
  await workshop.run(render, small);
  children[0]?.kill();
  await vi.waitFor(() => expect(children[0]?.hasEnded).toBe(true), patience);
  expect((await workshop.run(render, small)).head).toMatchObject({ facts: { height: 4 } });
});

test("a picture that takes too long is given up, with its process", async () => {
  const { workshop, children } = watched({ taskMs: 1 });
  await expect(workshop.run(render, [flatPng(6_000, 6_000)])).rejects.toThrow(PictureProcessDied);
  await vi.waitFor(() => expect(children[0]?.hasEnded).toBe(true), patience);
});

test("a process with nothing to do goes, and its memory with it", async () => {
  const { workshop, children } = watched({ idleMs: 1 });
  await workshop.run(render, small);
  await vi.waitFor(() => expect(children[0]?.hasEnded).toBe(true), patience);
  expect((await workshop.run(render, small)).head).toMatchObject({ facts: { width: 4 } });
});

test("what is no task of ours kills nobody but the process", async () => {
  const { workshop } = watched();
  await expect(workshop.run({ name: "jpeg" }, [Buffer.from("no picture")])).rejects.toThrow();
  expect((await workshop.run(render, small)).head).toMatchObject({ facts: { width: 4 } });
});

test("the process steps back for others and knows no secret", async () => {
  const { workshop, children } = watched();
  await workshop.run(render, small);
  const pid = children[0]?.pid ?? 0;
  expect(getPriority(pid)).toBeGreaterThanOrEqual(10);
  expect(process.env.SESSION_SECRET).toBeTruthy();
  if (process.platform !== "linux") return;
  expect(readFileSync(`/proc/${pid}/environ`, "utf8")).not.toContain("SECRET");
});

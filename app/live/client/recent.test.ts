import { expect, test } from "vitest";
import { covers, Recent } from "./recent";

const event = (id?: string, name = "message.created") => ({ event: name, data: {}, id });
const ids = (events: { id?: string }[] | null) => events?.map(({ id }) => id);

test("a tab gets what came after its cursor", () => {
  const recent = new Recent("e~10:10:");
  for (const id of ["e~10:10:~c:1:10", "e~10:10:~c:2:11", "e~10:10:~c:3:12"]) recent.add(event(id));
  expect(ids(recent.after("e~10:10:~c:1:10"))).toEqual(["e~10:10:~c:2:11", "e~10:10:~c:3:12"]);
  expect(recent.after(recent.last)).toEqual([]);
});

test("a tab gets the states that came after its cursor: they move no cursor", () => {
  const recent = new Recent("e~10:10:");
  recent.add(event(undefined, "chat.read"));
  expect(recent.after("e~10:10:")).toHaveLength(1);
  recent.add(event("e~10:10:~c:1:10"));
  recent.add(event(undefined, "chat.delivered"));
  expect(recent.after(recent.last)).toEqual([event(undefined, "chat.delivered")]);
});

test("a page that was read later than the first event gets all; one read earlier has to reload", () => {
  const recent = new Recent("e~10:10:");
  recent.add(event("e~10:10:~c:1:10"));
  expect(ids(recent.after("e~12:12:"))).toEqual(["e~10:10:~c:1:10"]);
  expect(recent.after("e~9:9:")).toBeNull();
  expect(recent.after("another~12:12:")).toBeNull();
  expect(recent.after("nonsense")).toBeNull();
});

test("what was forgotten to bound the memory is never passed over in silence", () => {
  const recent = new Recent("e~10:10:");
  for (let at = 1; at <= 600; at += 1) recent.add(event(`e~10:10:~c:${at}:${at + 10}`));
  expect(recent.after("e~10:10:")).toBeNull();
  expect(recent.after("e~10:10:~c:50:60")).toBeNull();
  expect(recent.after("e~10:10:~c:100:110")).toHaveLength(500);
  expect(recent.after("e~200:200:")).toHaveLength(500);
});

test("who joins is not told that somebody typed a while ago, but who is there", () => {
  const recent = new Recent("e~10:10:");
  recent.add(event(undefined, "typing"));
  recent.add(event(undefined, "presence"));
  expect(recent.after("e~11:11:")).toHaveLength(1);
});

test.each([
  ["e~10:10:", "e~10:10:", true],
  ["e~10:10:", "e~9:9:", false],
  ["e~8:10:8", "e~10:10:", true],
  ["e~10:10:", "e~8:10:8", false],
  // Ahead of its snapshot in one chat: only who saw that transaction, or that version, has it.
  ["e~10:10:~c:5:12", "e~11:11:", false],
  ["e~10:10:~c:5:12", "e~13:13:", true],
  ["e~10:10:~c:5:12", "e~12:14:12", false],
  ["e~10:10:~c:5:12", "e~11:11:~c:5:12", true],
  ["e~10:10:~c:5:12", "e~11:11:~c:4:11", false],
  ["e~10:10:~c:5:12~d:2:11", "e~11:11:~c:5:12", false],
])("whether what came up to %s is in a page at %s: %s", (start, cursor, is) => {
  expect(covers(start, cursor)).toBe(is);
});

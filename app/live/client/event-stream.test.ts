import { expect, test } from "vitest";
import { eventParser } from "./event-stream";

const text =
  ': beat\n\nid: e~1:2:\nevent: message.created\ndata: {"message":{"body":"a: b\\n\\nc"}}\n\n' +
  'event: typing\ndata: {"chatId":"c"}\n\n';
const events = [
  { event: "message.created", data: { message: { body: "a: b\n\nc" } }, id: "e~1:2:" },
  { event: "typing", data: { chatId: "c" }, id: undefined },
];

test("events are read wherever the pieces of a stream are cut", () => {
  for (let at = 0; at <= text.length; at += 1) {
    const parse = eventParser();
    expect([...parse(text.slice(0, at)), ...parse(text.slice(at))]).toEqual(events);
  }
});

test("an event that was cut off is none", () => {
  const parse = eventParser();
  expect(parse(text.slice(0, -1))).toHaveLength(1);
});

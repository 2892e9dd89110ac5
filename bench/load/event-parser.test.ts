import { expect, test } from "vitest";
import { EventParser } from "./event-parser.ts";

function parse(pieces: string[]): string[] {
  const events: string[] = [];
  const parser = new EventParser((event, data) => events.push(`${event} ${data}`));
  for (const piece of pieces) parser.push(piece);
  return events;
}

const stream =
  ': beat\n\nid: 1\nevent: hello\ndata: {}\n\nevent: message.created\ndata: {"seq":2}\n\n';
const events = ["hello {}", 'message.created {"seq":2}'];

test("events come whole, however the network cuts them", () => {
  expect(parse([stream])).toEqual(events);
  expect(parse([...stream])).toEqual(events);
});

test("an event that has not ended has not come", () => {
  expect(parse([stream.slice(0, -1)])).toEqual(events.slice(0, 1));
});

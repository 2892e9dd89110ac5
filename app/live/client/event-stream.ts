/** One event of `/events`, or one that another tab passed on. */
export type LiveEvent = {
  event: string;
  data: ReturnType<typeof JSON.parse>;
  /** The cursor after this event; only durable ones have one. */
  id?: string;
};

/**
 * Takes a stream's text in pieces as they come and gives the events that are complete. Knows the
 * format as the server writes it: an event is one line each of `id:`, `event:` and `data:`.
 */
export function eventParser(): (text: string) => LiveEvent[] {
  let rest = "";
  return (text) => {
    const blocks = (rest + text).split("\n\n");
    rest = blocks.pop() ?? "";
    return blocks.flatMap((block) => {
      const fields: Record<string, string> = {};
      for (const line of block.split("\n")) {
        const at = line.indexOf(": ");
        // What starts with a colon is a comment.
        if (at > 0) fields[line.slice(0, at)] = line.slice(at + 2);
      }
      const { event, data, id } = fields;
      return event && data ? [{ event, data: JSON.parse(data), id }] : [];
    });
  };
}

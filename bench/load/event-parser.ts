/** Reads server-sent events from text that comes in pieces, and leaves out comments. */
export class EventParser {
  private rest = "";
  private readonly onEvent: (event: string, data: string) => void;

  constructor(onEvent: (event: string, data: string) => void) {
    this.onEvent = onEvent;
  }

  push(text: string): void {
    const all = this.rest + text;
    let start = 0;
    for (let end = all.indexOf("\n\n"); end >= 0; end = all.indexOf("\n\n", start)) {
      this.frame(all.slice(start, end));
      start = end + 2;
    }
    this.rest = all.slice(start);
  }

  private frame(frame: string): void {
    let event = "message";
    const data: string[] = [];
    for (const line of frame.split("\n")) {
      if (line.startsWith("event: ")) event = line.slice(7);
      else if (line.startsWith("data: ")) data.push(line.slice(6));
    }
    if (data.length) this.onEvent(event, data.join("\n"));
  }
}

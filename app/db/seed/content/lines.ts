import type { DemoLine, DemoSide, DemoStage, DemoSystemLine, DemoTextLine } from "./types";

type Extras = Pick<DemoTextLine, "edited" | "unsent" | "replyTo" | "pictures">;

/** A line that the buyer writes, `minutes` after the line before. */
export function buyer(minutes: number, text: string, extras: Extras = {}): DemoLine {
  return { from: "buyer", text, minutesAfterPrevious: minutes, ...extras };
}

/** A line that the seller writes, `minutes` after the line before. */
export function seller(minutes: number, text: string, extras: Extras = {}): DemoLine {
  return { from: "seller", text, minutesAfterPrevious: minutes, ...extras };
}

/** The system line that tells both sides of a new stage. */
export function stageChanged(minutes: number, from: DemoStage, to: DemoStage): DemoSystemLine {
  return {
    from: "system",
    text: `The stage changed from ${from} to ${to}.`,
    minutesAfterPrevious: minutes,
    system: { kind: "stage_changed", from, to },
  };
}

/** The last line of a closed chat. */
export function chatClosed(minutes: number, by: DemoSide): DemoSystemLine {
  return {
    from: "system",
    text: `The ${by} closed this chat.`,
    minutesAfterPrevious: minutes,
    system: { kind: "chat_closed", by },
  };
}

import type { DemoLine } from "../types";
import type { Random } from "./random";

/** Turns a few lines into corrected ones and takes a few small ones back, as thumbs on phones do. */
export function slipsOfTheThumb(random: Random, lines: readonly DemoLine[]): DemoLine[] {
  return lines.map((line, index) => {
    if (line.from === "system") return line;
    const last = index >= lines.length - 40;
    const chance = random();
    if (chance < 0.012) return { ...line, edited: withTypo(random, line.text) };
    if (chance > 0.996 && !last && line.text.length < 40) return { ...line, unsent: true };
    return line;
  });
}

/** Swaps two neighbouring letters. */
function withTypo(random: Random, text: string): string {
  const places = [...text.matchAll(/(?=([a-z])([a-z]))/g)].filter(([, a, b]) => a !== b);
  const at = places[Math.floor(random() * places.length)]?.index;
  if (at === undefined) return `${text}.`;
  return text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2);
}

type Line = { running: number; waiting: (() => void)[] };

/**
 * Lets some runs for one key be under way in this process; the others wait, first come first served.
 *
 * @param most at once for each key
 */
export function takeTurns(most: number) {
  const lines = new Map<string, Line>();
  return async function inTurn<Result>(key: string, run: () => Promise<Result>): Promise<Result> {
    const line = lines.get(key) ?? { running: 0, waiting: [] };
    lines.set(key, line);
    if (line.running < most) line.running += 1;
    else await new Promise<void>((resolve) => line.waiting.push(resolve));
    try {
      return await run();
    } finally {
      const next = line.waiting.shift();
      // Hands its place on: a newcomer must not slip in between.
      if (next) next();
      else if (--line.running === 0) lines.delete(key);
    }
  };
}

type Waiting = { user: string; enter: () => void };

/**
 * A number of places that many want: whoever finds none waits for his turn.
 *
 * @param perUser how many one user can hold, so that he never takes them all
 */
export function makePlaces({ total, perUser }: { total: number; perUser: number }) {
  const held = new Map<string, number>();
  const waiting: Waiting[] = [];
  let free = total;

  const mayEnter = (user: string) => free > 0 && (held.get(user) ?? 0) < perUser;

  function enter(user: string): () => void {
    free -= 1;
    held.set(user, (held.get(user) ?? 0) + 1);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      free += 1;
      const others = (held.get(user) ?? 1) - 1;
      if (others) held.set(user, others);
      else held.delete(user);
      const next = waiting.findIndex((one) => mayEnter(one.user));
      if (next >= 0) waiting.splice(next, 1)[0]?.enter();
    };
  }

  return {
    /**
     * @param giveUp ends the waiting
     * @returns what gives the place back; null when it gave up before there was one
     */
    take(user: string, giveUp: AbortSignal): Promise<(() => void) | null> {
      if (giveUp.aborted) return Promise.resolve(null);
      if (mayEnter(user)) return Promise.resolve(enter(user));
      return new Promise((resolve) => {
        const stop = () => {
          waiting.splice(waiting.indexOf(entry), 1);
          resolve(null);
        };
        const entry = {
          user,
          enter: () => {
            giveUp.removeEventListener("abort", stop);
            resolve(enter(user));
          },
        };
        waiting.push(entry);
        giveUp.addEventListener("abort", stop, { once: true });
      });
    },
  };
}

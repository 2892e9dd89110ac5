/**
 * A snapshot as PostgreSQL writes it, `xmin:xmax:xip,…`: which transactions it sees. Of two
 * snapshots of one cluster the later one sees all that the earlier one saw.
 */
export type Snapshot = { xmin: bigint; xmax: bigint; running: bigint[] };

/** @throws on anything that PostgreSQL would not have written */
export function parseSnapshot(text: string): Snapshot {
  const match = /^(\d{1,19}):(\d{1,19}):((?:\d{1,19}(?:,|$))*)$/.exec(text);
  if (!match) throw new Error("Not a snapshot");
  const [xmin, xmax] = [BigInt(match[1] ?? 0), BigInt(match[2] ?? 0)];
  const running = (match[3] ?? "").split(",").filter(Boolean).map(BigInt);
  const ascending = running.every(
    (xid, at) => xid >= xmin && xid < xmax && xid > (running[at - 1] ?? -1n),
  );
  if (xmin > xmax || xmin < 1n || !ascending) throw new Error("Not a snapshot");
  return { xmin, xmax, running };
}

export function formatSnapshot({ xmin, xmax, running }: Snapshot): string {
  return `${xmin}:${xmax}:${running.join(",")}`;
}

/** Whether the snapshot was taken after the transaction committed. */
export function sees(snapshot: Snapshot, xid: bigint): boolean {
  if (xid < snapshot.xmin) return true;
  return xid < snapshot.xmax && !snapshot.running.includes(xid);
}

export function isLater(a: Snapshot, b: Snapshot): boolean {
  if (a.xmax !== b.xmax) return a.xmax > b.xmax;
  if (a.xmin !== b.xmin) return a.xmin > b.xmin;
  return a.running.length < b.running.length;
}

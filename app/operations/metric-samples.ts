/** Samples of our own metrics, read from their text; names and labels of ours hold no escapes. */
export class MetricSamples {
  private readonly samples: { name: string; labels: Map<string, string>; value: number }[] = [];

  /** @param text in the text format of Prometheus */
  constructor(text: string) {
    for (const line of text.split("\n")) {
      const [, name, labels = "", value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
      if (!name) continue;
      const pairs = [...labels.matchAll(/(\w+)="([^"]*)"/g)];
      this.samples.push({
        name,
        labels: new Map(pairs.map(([, key = "", text = ""]) => [key, text])),
        value: value === "+Inf" ? Number.POSITIVE_INFINITY : Number(value),
      });
    }
  }

  /** Added up over all that have these labels. */
  sum(name: string, labels: Record<string, string> = {}): number {
    return this.of(name, labels).reduce((sum, { value }) => sum + value, 0);
  }

  /** By the values of one label. */
  by(name: string, label: string): Map<string, number> {
    const sums = new Map<string, number>();
    for (const { labels, value } of this.of(name, {})) {
      const key = labels.get(label) ?? "";
      sums.set(key, (sums.get(key) ?? 0) + value);
    }
    return sums;
  }

  /**
   * Below which a share of what a histogram counted lies, as Prometheus estimates it: evenly within
   * its bucket. Beyond the last bucket it is that bucket's bound.
   *
   * @param share from 0 to 1
   * @returns null where nothing was counted
   */
  quantile(name: string, share: number, labels: Record<string, string> = {}): number | null {
    const counts = new Map<number, number>();
    for (const sample of this.of(`${name}_bucket`, labels)) {
      const bound = sample.labels.get("le");
      const below = bound === "+Inf" ? Number.POSITIVE_INFINITY : Number(bound);
      counts.set(below, (counts.get(below) ?? 0) + sample.value);
    }
    const buckets = [...counts].sort(([a], [b]) => a - b);
    const wanted = share * (buckets.at(-1)?.[1] ?? 0);
    if (wanted === 0) return null;
    let [from, before] = [0, 0];
    for (const [bound, count] of buckets) {
      if (count >= wanted) {
        if (bound === Number.POSITIVE_INFINITY) return from;
        return from + ((bound - from) * (wanted - before)) / (count - before);
      }
      [from, before] = [bound, count];
    }
    return from;
  }

  private of(name: string, wanted: Record<string, string>) {
    const pairs = Object.entries(wanted);
    return this.samples.filter(
      (sample) =>
        sample.name === name && pairs.every(([key, value]) => sample.labels.get(key) === value),
    );
  }
}

/** Different failures of one outage that are told of; more than that says nothing new. */
const most = 5;

/** Tells of each failure once until all is well again: a poll fails every two seconds. */
export class Outage {
  private readonly told = new Set<string>();

  constructor(private readonly tell: (error: unknown) => void) {}

  failed = (error: unknown): void => {
    const what = error instanceof Error ? error.message : String(error);
    if (this.told.has(what) || this.told.size >= most) return;
    this.told.add(what);
    this.tell(error);
  };

  worked = (): void => {
    this.told.clear();
  };
}

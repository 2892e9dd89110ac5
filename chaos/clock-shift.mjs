// Loaded into an instance before anything else: its wall clock is off by CLOCK_SHIFT_MS, and by as
// much to the other side after SIGUSR2. Timers go by another clock, as when a real one is set.
let shift = Number(process.env.CLOCK_SHIFT_MS);
const RealDate = Date;
const now = () => RealDate.now() + shift;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length ? args : [now()], newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, key) => (key === "now" ? now : Reflect.get(target, key)),
});
RealDate.prototype.constructor = globalThis.Date;

process.on("SIGUSR2", () => {
  shift = -shift;
});

/*
 * Loaded before an instance by NODE_OPTIONS: its clock is off by MOVED_CLOCK_MS. Timers and the
 * monotonic clock go on as they are, as they would on a machine whose date is wrong.
 */
const offset = Number(process.env['MOVED_CLOCK_MS'] ?? 0);
const RealDate = Date;
const realNow = RealDate.now;

globalThis.Date = new Proxy(RealDate, {
  construct(target, args, newTarget) {
    const values = args.length === 0 ? [realNow() + offset] : args;
    /** @type {object} */
    const date = Reflect.construct(target, values, newTarget);
    return date;
  },
  apply: () => new Date().toString(),
});
Date.now = () => realNow() + offset;

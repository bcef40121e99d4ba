const PROGRESS_MS = 10_000;

/**
 * Says every ten seconds that `work` still goes on, and for how long it has.
 *
 * @template Result
 * @param {string} doing what it does, as "installing"
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function withSignOfLife(doing, work) {
  const begun = Date.now();
  const progress = setInterval(() => {
    console.log(`  … still ${doing}, ${String(Math.round((Date.now() - begun) / 1000))} s`);
  }, PROGRESS_MS);
  try {
    return await work();
  } finally {
    clearInterval(progress);
  }
}

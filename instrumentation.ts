/** Runs once when a server process begins. */
export async function register(): Promise<void> {
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return;
  const { startSweeper } = await import('@/lib/server/sweeper');
  startSweeper();
  const { startMail } = await import('@/lib/server/mail/mail-worker');
  startMail();
}

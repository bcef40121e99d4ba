import {
  describeSettingProblem,
  isReadableOnTheWay,
  parseSettings,
  type Settings,
} from '@/lib/server/settings';
import { databaseClock } from '@/lib/server/database-clock';
import { PlainProblem } from '../setup/plain-problem.mjs';
import { checkKeyring } from './first-checks';
import { outliveClosedOutput } from './shutdown';
import { takeDataDirectory } from './data-directory';
import { portProblem, probePort } from './first-checks';
import { createShutdown, type Shutdown } from './shutdown';

/**
 * Starts everything in this process: data directory, database, migrations, HTTP. Comes back once
 * it answers; from then on signals stop it.
 *
 * @throws PlainProblem with the one line that says what to do; everything is stopped by then.
 */
export async function serve({ dev }: { dev: boolean }): Promise<void> {
  // Whatever this process and its children write is for their owner alone.
  process.umask(0o077);
  outliveClosedOutput();
  const settings = readSettings();
  const shutdown = createShutdown();
  await shutdown.whileStarting(() => start(settings, shutdown, dev));
}

async function start(settings: Settings, shutdown: Shutdown, dev: boolean): Promise<void> {
  shutdown.add(await takeDataDirectory(settings.dataDir));
  await probePort(settings.port, settings.host);
  await checkKeyring(settings.keyringFile);

  // What can be refused is refused by now; only then is the rest loaded.
  const { checkDatabase } = await import('../database/check-database');
  const { migrateDatabase } = await import('../database/migrations');
  const address = settings.databaseUrl ?? (await startOwnDatabase(settings, shutdown));
  if (shutdown.isRequested()) return;
  const databaseUrl = await checkDatabase(address, { allowUnsafe: settings.allowUnsafeDatabase });
  await migrateDatabase(databaseUrl);
  if (shutdown.isRequested()) return;

  const { lookFirst } = await import('../database/look-first');
  const seen = await lookFirst(databaseUrl);
  // Before the first secret: the keyring keeps for good how long what it seals must open.
  if (seen !== null) databaseClock().learn(seen.nowMs);
  passToApp(settings, databaseUrl);
  const { port, host } = settings;
  const { startHttpServer } = await import('@/lib/server/http/server');
  const server = await startHttpServer({ dev, port, host, settings }).catch((error: unknown) => {
    throw portProblem(error, port, host);
  });
  shutdown.add(() => server.close());
  if (shutdown.isRequested()) return;
  const { origin } = settings.appUrl;
  console.log(`Sealpost is ready at ${origin}`);
  if (isReadableOnTheWay(settings.appUrl)) {
    console.log(
      'Links, passphrases and sign-ins can be read on the way, and staff can neither sign up nor sign in, since browsers encrypt over https alone: APP_URL is http. Put a proxy that speaks https in front of it (README, Deployment).',
    );
  }
  if (seen?.isUnowned === true) {
    console.log(
      `Nobody owns it yet: the first account, made at ${origin}/sign-up, is the owner’s.`,
    );
  }
}

function readSettings(): Settings {
  const parsed = parseSettings(process.env);
  if (parsed.ok) return parsed.settings;
  throw new PlainProblem(parsed.problems.map(describeSettingProblem).join('\n'));
}

async function startOwnDatabase(settings: Settings, shutdown: Shutdown): Promise<string> {
  const { startEmbeddedDatabase } = await import('../postgres/embedded-database');
  const database = await startEmbeddedDatabase(settings.dataDir, console.log);
  shutdown.add(() => database.stop());
  return database.url;
}

/** The app reads the same settings from the environment, and never works out a default again. */
function passToApp(settings: Settings, databaseUrl: string): void {
  Object.assign(process.env, {
    PORT: String(settings.port),
    HOST: settings.host,
    APP_URL: settings.appUrl.origin,
    NEXTAUTH_URL: settings.appUrl.origin,
    DATA_DIR: settings.dataDir,
    DATABASE_URL: databaseUrl,
    KEYRING_FILE: settings.keyringFile,
    LEASE_SECONDS: String(settings.leaseSeconds),
  });
}

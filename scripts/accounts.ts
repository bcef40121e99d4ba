import {
  listAccounts,
  makeRecoveryLinkByServer,
  turnSecondFactorOffByServer,
  type ServerContext,
} from '@/lib/accounts/server-acts';
import { database } from '@/lib/server/database';
import { markedHistory } from '@/lib/server/history/process-history';
import { queueMail } from '@/lib/server/mail/queue-mail';
import {
  describeSettingProblem,
  parseSettings,
  settings as settingsOfApp,
  type Settings,
} from '@/lib/server/settings';
import { withDatabase } from './database/with-database';
import { PlainProblem, runCommand } from './setup/plain-problem.mjs';

const USAGE = `npm run accounts -- list                          shows who has an account
npm run accounts -- recovery-link <e-mail>        makes a link to a new password
npm run accounts -- second-factor-off <e-mail>    turns somebody's second factor off`;

await runCommand(async () => {
  const act = actOf(process.argv.slice(2));
  const settings = readSettings();
  await withDatabase(settings, async (databaseUrl) => {
    // What is imported from the app reads its settings from here.
    const [DATABASE_URL, APP_URL] = [databaseUrl, settings.appUrl.origin];
    Object.assign(process.env, { DATABASE_URL, APP_URL, KEYRING_FILE: settings.keyringFile });
    try {
      await act();
    } finally {
      await database().$disconnect();
    }
  });
});

function actOf([command, email, ...more]: readonly string[]): () => Promise<void> {
  if (more.length > 0) throw new PlainProblem(USAGE);
  if (command === 'list' && email === undefined) return list;
  if (command === 'recovery-link' && email !== undefined) return () => makeRecoveryLink(email);
  if (command === 'second-factor-off' && email !== undefined) {
    return () => turnSecondFactorOff(email);
  }
  throw new PlainProblem(USAGE);
}

function readSettings(): Settings {
  const parsed = parseSettings(process.env);
  if (parsed.ok) return parsed.settings;
  throw new PlainProblem(parsed.problems.map(describeSettingProblem).join('\n'));
}

function serverContext(): ServerContext {
  return {
    database: database(),
    history: markedHistory(),
    queueMail: queueMail,
    appUrl: settingsOfApp().appUrl.origin,
  };
}

async function list(): Promise<void> {
  const accounts = await listAccounts(database());
  if (accounts.length === 0) console.log('There is no account yet.');
  for (const { email, name, role, hasSecondFactor } of accounts) {
    const factor = hasSecondFactor ? 'second factor on' : 'no second factor';
    console.log(`${email}  ${role.toLowerCase()}  ${factor}  ${name}`);
  }
}

async function makeRecoveryLink(email: string): Promise<void> {
  const made = await makeRecoveryLinkByServer(serverContext(), email);
  if (made === 'unknown') throw unknown(email);
  sayIfSilent(email, made.isMailed);
  console.log(
    `${made.link}\nWhoever opens this link sets a new password for ${email}: hand it to nobody else. It works once, within an hour; a second factor that is on is asked for.`,
  );
}

async function turnSecondFactorOff(email: string): Promise<void> {
  const turned = await turnSecondFactorOffByServer(serverContext(), email);
  if (turned === 'unknown') throw unknown(email);
  if (turned === 'is_off') throw new PlainProblem(`${email} has no second factor that is on.`);
  sayIfSilent(email, turned.isMailed);
  console.log(`The second factor of ${email} is off: signing in takes the password alone.`);
}

function sayIfSilent(email: string, isMailed: boolean): void {
  if (!isMailed) console.error(`SMTP_URL is not set here, so no mail tells ${email}.`);
}

function unknown(email: string): PlainProblem {
  return new PlainProblem(`There is no account ${email}: npm run accounts -- list shows them all.`);
}

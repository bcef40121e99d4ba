import { readEmailAddress } from '@/lib/accounts/email-address';
import type { Addressee } from '@/lib/accounts/mail-ports';
import { createOpaqueToken, hashNewToken } from '@/lib/accounts/opaque-token';
import type { AccessChange } from '@/lib/accounts/outcomes';
import {
  createRecoveryByServer,
  listAccounts,
  resetByServer,
} from '@/lib/server/account-store/server-acts';
import { accountMail } from '@/lib/server/accounts/account-mail';
import { database } from '@/lib/server/database';
import { describeSettingProblem, parseSettings, type Settings } from '@/lib/server/settings';
import { withDatabase } from './database/with-database';
import { PlainProblem, runCommand } from './setup/plain-problem.mjs';

const USAGE = `npm run accounts -- list                          shows who has an account
npm run accounts -- recovery-link <e-mail>        makes a link to a new password
npm run accounts -- second-factor-off <e-mail>    turns somebody's second factor off`;

/** As mail names whoever did it. */
const BY = 'Whoever runs this server';

const COMMANDS = {
  'recovery-link': makeRecoveryLink,
  'second-factor-off': turnSecondFactorOff,
} as const;

await runCommand(async () => {
  const [command, typed, ...more] = process.argv.slice(2);
  const act = actOf(command, typed);
  if (act === null || more.length > 0) throw new PlainProblem(USAGE);
  const settings = readSettings();
  await withDatabase(settings, async (databaseUrl) => {
    // What is imported from the app reads its settings from here.
    const [DATABASE_URL, APP_URL] = [databaseUrl, settings.appUrl.origin];
    Object.assign(process.env, { DATABASE_URL, APP_URL, KEYRING_FILE: settings.keyringFile });
    try {
      await act(settings);
    } finally {
      await database().$disconnect();
    }
  });
});

function actOf(
  command: string | undefined,
  typed: string | undefined,
): ((settings: Settings) => Promise<void>) | null {
  if (command === 'list' && typed === undefined) return list;
  if (command !== 'recovery-link' && command !== 'second-factor-off') return null;
  const email = readEmailAddress(typed ?? '');
  return email === null ? null : (settings) => COMMANDS[command](email, settings);
}

function readSettings(): Settings {
  const parsed = parseSettings(process.env);
  if (parsed.ok) return parsed.settings;
  throw new PlainProblem(parsed.problems.map(describeSettingProblem).join('\n'));
}

async function list(): Promise<void> {
  const accounts = await listAccounts(database());
  if (accounts.length === 0) console.log('There is no account yet.');
  for (const { email, name, role, hasSecondFactor } of accounts) {
    const factor = hasSecondFactor ? 'second factor on' : 'no second factor';
    console.log(`${email}  ${role.toLowerCase()}  ${factor}  ${name}`);
  }
}

async function makeRecoveryLink(email: string, { appUrl }: Settings): Promise<void> {
  const token = createOpaqueToken();
  const account = await createRecoveryByServer(database(), email, await hashNewToken(token));
  if (account === null) throw unknown(email);
  await tell(account, 'recovery_link');
  console.log(
    `${appUrl.origin}/recover/${token}\nWhoever opens this link sets a new password for ${email}: hand it to nobody else. It works once, within an hour; a second factor that is on is asked for.`,
  );
}

async function turnSecondFactorOff(email: string): Promise<void> {
  const account = await resetByServer(database(), email);
  if (account === 'unknown') throw unknown(email);
  if (account === 'is_off') throw new PlainProblem(`${email} has no second factor that is on.`);
  await tell(account, 'second_factor_reset');
  console.log(`The second factor of ${email} is off: signing in takes the password alone.`);
}

async function tell(account: Addressee, change: AccessChange): Promise<void> {
  const isMailed = await accountMail.accessChanged(account, change, { by: BY });
  if (!isMailed) console.error(`SMTP_URL is not set here, so no mail tells ${account.email}.`);
}

function unknown(email: string): PlainProblem {
  return new PlainProblem(`There is no account ${email}: npm run accounts -- list shows them all.`);
}

import { existsSync } from 'node:fs';
import {
  createKeyring,
  type EpochSummary,
  type ManagedKeyring,
} from '@/lib/server/keyring/keyring';
import { KeyringError } from '@/lib/server/keyring/private-file';
import { describeSettingProblem, parseSettings } from '@/lib/server/settings';
import { PlainProblem, runCommand } from './setup/plain-problem.mjs';

const USAGE = `npm run keys -- list              shows the epochs of the keyring
npm run keys -- rotate            begins a new epoch in place of each that seals; old links keep working
npm run keys -- destroy <epoch>   destroys an epoch, and with it every message it sealed`;

const SEALS = {
  hours: 'up to 4 hours',
  days: 'up to 7 days',
  weeks: 'longer, and requests',
} as const satisfies Record<EpochSummary['expiryClass'], string>;

await runCommand(async () => {
  try {
    await run(process.argv.slice(2));
  } catch (error) {
    throw error instanceof KeyringError ? new PlainProblem(error.message) : error;
  }
});

async function run([command, epoch, ...more]: string[]): Promise<void> {
  const takesEpoch = command === 'destroy';
  if (takesEpoch !== (epoch !== undefined) || more.length > 0) throw new PlainProblem(USAGE);
  if (command === 'list') await list(openKeyring());
  else if (command === 'rotate') await rotate(openKeyring());
  else if (command === 'destroy' && epoch !== undefined) await destroy(openKeyring(), epoch);
  else throw new PlainProblem(USAGE);
}

function openKeyring(): ManagedKeyring {
  const parsed = parseSettings(process.env);
  if (!parsed.ok) throw new PlainProblem(parsed.problems.map(describeSettingProblem).join('\n'));
  const { keyringFile: file } = parsed.settings;
  if (!existsSync(file)) throw new PlainProblem(`There is no keyring at ${file} yet.`);
  return createKeyring({ file });
}

async function list(keyring: ManagedKeyring): Promise<void> {
  console.log((await keyring.list()).map(describe).join('\n'));
}

async function rotate(keyring: ManagedKeyring): Promise<void> {
  const ids = await keyring.rotate();
  const begun = ids.length === 1 ? `Epoch ${ids.join()} seals` : `Epochs ${ids.join(', ')} seal`;
  console.log(`${begun} from now on. Links of older epochs work until they expire.`);
}

async function destroy(keyring: ManagedKeyring, id: string): Promise<void> {
  const epoch = (await keyring.list()).find((candidate) => candidate.id === id);
  if (epoch === undefined || !(await keyring.destroy(id))) {
    throw new PlainProblem(`There is no epoch ${id}: npm run keys -- list shows them all.`);
  }
  console.log(
    `Epoch ${id} is destroyed. Every link it made is dead: what was sealed between ${date(epoch.createdAtMs)} and ${date(epoch.retiredAtMs ?? Date.now())} can never be opened again, not from a backup of the database either. A backup of the keyring file still holds the key: destroy that too.`,
  );
  if (epoch.retiredAtMs !== null) return;
  const next = (await keyring.list()).find(
    ({ retiredAtMs, expiryClass }) => retiredAtMs === null && expiryClass === epoch.expiryClass,
  );
  console.log(`It was the one in use: epoch ${next?.id ?? ''} seals from now on.`);
}

function describe({
  id,
  expiryClass,
  createdAtMs,
  retiredAtMs,
  openUntilMs,
}: EpochSummary): string {
  const state = retiredAtMs === null ? 'seals now' : `retired on ${date(retiredAtMs)}`;
  const use =
    openUntilMs > createdAtMs
      ? `its last message expires by ${date(openUntilMs)}`
      : 'has sealed nothing yet';
  return `${id}  for ${SEALS[expiryClass].padEnd(20)}  begun on ${date(createdAtMs)}  ${state}  ${use}`;
}

/** Minutes are enough to tell epochs apart; UTC, as the file says it. */
function date(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

import { spawnSync } from 'node:child_process';
import { chmod } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PlainProblem } from '../setup/plain-problem.mjs';

/*
 * PostgreSQL refuses to run as root. An ordinary user runs it as themselves. Root has two ways:
 * - a user namespace in which root appears as an unprivileged account. The files stay root's, so
 *   it works below directories that only root may enter;
 * - where namespaces are forbidden (many containers), a real unprivileged account, which then
 *   owns the cluster and must be able to reach it and the programs.
 */

export type DatabaseAccount =
  | { kind: 'own'; uid: number; gid: number }
  | { kind: 'mapped'; uid: 0; gid: 0; appearsAs: { uid: number; gid: number } }
  | { kind: 'other'; uid: number; gid: number; name: string };

/** A program and its arguments, with the account for Node's `spawn` where it has to change. */
export interface AccountCommand {
  file: string;
  args: string[];
  as: { uid?: number; gid?: number };
}

const UNPRIVILEGED_ACCOUNTS = ['postgres', '_postgres', 'daemon', 'nobody'];

/** Chooses the account for this machine. `uid` and `gid` own the cluster's files. */
export function chooseDatabaseAccount(): DatabaseAccount {
  const uid = process.getuid?.() ?? -1;
  if (uid !== 0) return { kind: 'own', uid, gid: process.getgid?.() ?? -1 };

  for (const appearsAs of [idsOf('daemon'), idsOf('nobody')]) {
    if (appearsAs === null) continue;
    const account: DatabaseAccount = { kind: 'mapped', uid: 0, gid: 0, appearsAs };
    if (succeeds(commandAs(account, 'true', []))) return account;
  }
  for (const name of UNPRIVILEGED_ACCOUNTS) {
    const ids = idsOf(name);
    if (ids !== null) return { kind: 'other', name, ...ids };
  }
  throw new PlainProblem(
    'PostgreSQL does not run as root, and this machine has no other account for it: start Sealpost as an ordinary user, or set DATABASE_URL.',
  );
}

/** How to run a program as that account. */
export function commandAs(account: DatabaseAccount, file: string, args: string[]): AccountCommand {
  if (account.kind === 'own') return { file, args, as: {} };
  if (account.kind === 'other') return { file, args, as: { uid: account.uid, gid: account.gid } };
  const { uid, gid } = account.appearsAs;
  const mapping = ['--user', `--map-user=${String(uid)}`, `--map-group=${String(gid)}`];
  return { file: 'unshare', args: [...mapping, '--', file, ...args], as: {} };
}

/**
 * Lets the account through `dataDir`, which stays closed to reading, and makes sure that it reaches
 * it and the programs: another account can't below a directory that only root may enter.
 */
export async function openWayFor(
  account: DatabaseAccount,
  dataDir: string,
  postgres: string,
): Promise<void> {
  await chmod(dataDir, account.kind === 'other' ? 0o711 : 0o700);
  if (account.kind !== 'other') return;
  for (const place of [dataDir, dirname(postgres)]) {
    if (succeeds(commandAs(account, 'sh', ['-c', 'cd "$1"', 'sh', place]))) continue;
    throw new PlainProblem(
      `PostgreSQL does not run as root, and the account ${account.name} cannot enter ${place}: start Sealpost as an ordinary user, move it to a directory that others may enter, or set DATABASE_URL.`,
    );
  }
}

function idsOf(name: string): { uid: number; gid: number } | null {
  const [uid, gid] = ['-u', '-g'].map((which) => {
    const answer = spawnSync('id', [which, name], { encoding: 'utf8' });
    return answer.status === 0 ? Number(answer.stdout) : Number.NaN;
  });
  return uid !== undefined && gid !== undefined && uid > 0 && gid > 0 ? { uid, gid } : null;
}

function succeeds({ file, args, as }: AccountCommand): boolean {
  return spawnSync(file, args, { ...as, stdio: 'ignore' }).status === 0;
}

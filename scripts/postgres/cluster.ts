import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  lchown,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PlainProblem } from '../setup/plain-problem.mjs';
import { commandAs, type DatabaseAccount } from './account';
import type { PostgresBinaries } from './server-process';

/*
 * The files of the embedded database, in DATA_DIR/postgres. They are made beside it and renamed,
 * so a start that was interrupted leaves nothing that looks like a database.
 */

export interface Cluster {
  /** Absolute path of the cluster. */
  directory: string;
  /** Password of the role `postgres`. */
  administratorPassword: string;
  /** Password of the role that the app uses; it owns its database and nothing else. */
  applicationPassword: string;
}

interface Passwords {
  administrator: string;
  application: string;
}

const CLUSTER = 'postgres';
const DRAFT_PREFIX = 'postgres-new-';

/** Where the cluster is, or will be. */
export function clusterDirectory(dataDir: string): string {
  return join(dataDir, CLUSTER);
}

/** Finds the cluster in `dataDir`, or makes it. The files belong to `account` afterwards. */
export async function prepareCluster(
  dataDir: string,
  account: DatabaseAccount,
  binaries: PostgresBinaries,
): Promise<Cluster> {
  for (const name of await readdir(dataDir)) {
    if (name.startsWith(DRAFT_PREFIX)) {
      // An initdb that outlived its killed parent may still be writing there.
      await rm(join(dataDir, name), { recursive: true, force: true, maxRetries: 10 });
    }
  }
  const directory = clusterDirectory(dataDir);
  const passwords = await readOrMakePasswords(join(dataDir, 'postgres-passwords.json'));
  if (!(await exists(join(directory, 'PG_VERSION')))) {
    await makeCluster(dataDir, directory, passwords.administrator, account, binaries);
  }
  await checkVersion(directory, binaries);
  await giveTo(directory, account);
  return {
    directory,
    administratorPassword: passwords.administrator,
    applicationPassword: passwords.application,
  };
}

async function makeCluster(
  dataDir: string,
  directory: string,
  password: string,
  account: DatabaseAccount,
  binaries: PostgresBinaries,
): Promise<void> {
  const draft = await mkdtemp(join(dataDir, DRAFT_PREFIX));
  const cluster = join(draft, CLUSTER);
  const passwordFile = join(draft, 'password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  await mkdir(cluster, { mode: 0o700 });
  await giveTo(draft, account);
  const { file, args, as } = commandAs(account, binaries.initdb, [
    `--pgdata=${cluster}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--data-checksums',
    '--no-instructions',
  ]);
  try {
    await promisify(execFile)(file, args, { ...as, cwd: draft });
  } catch (error) {
    throw new PlainProblem(`The embedded PostgreSQL cannot set up its files: ${lastLine(error)}`);
  }
  await rename(cluster, directory);
  await rm(draft, { recursive: true });
}

async function checkVersion(directory: string, binaries: PostgresBinaries): Promise<void> {
  const made = (await readFile(join(directory, 'PG_VERSION'), 'utf8')).trim();
  const { stdout } = await promisify(execFile)(binaries.postgres, ['--version']);
  const runs = /(\d+)/.exec(stdout)?.[1];
  if (made === runs) return;
  throw new PlainProblem(
    `${directory} was made by PostgreSQL ${made}, and this is PostgreSQL ${runs ?? 'of an unknown version'}: dump it with the old version first.`,
  );
}

/**
 * Root may have run the database as different accounts before. The top directory changes hands
 * last, so that an interrupted change is finished by the next start.
 */
async function giveTo(directory: string, { uid, gid }: DatabaseAccount): Promise<void> {
  if (process.getuid?.() !== 0 || (await lstat(directory)).uid === uid) return;
  for (const name of await readdir(directory, { recursive: true })) {
    await lchown(join(directory, name), uid, gid);
  }
  await lchown(directory, uid, gid);
}

async function readOrMakePasswords(file: string): Promise<Passwords> {
  if (!(await exists(file))) {
    const made: Passwords = { administrator: makePassword(), application: makePassword() };
    await writeFile(`${file}.new`, JSON.stringify(made), { mode: 0o600, flush: true });
    await rename(`${file}.new`, file);
  }
  return JSON.parse(await readFile(file, 'utf8')) as Passwords;
}

function makePassword(): string {
  return randomBytes(32).toString('base64url');
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

function lastLine(error: unknown): string {
  const { stderr } = error as { stderr?: string };
  return stderr?.trim().split('\n').at(-1) ?? String(error);
}

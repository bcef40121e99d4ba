/** What happens to the house, one fault after the other; each leaves it well again. */
import { setTimeout as delay } from 'node:timers/promises';
import { LEASE_SECONDS, type House, type Instance } from './house';
import type { Ledger } from './ledger';
import type { Chance } from './random';
import type { Traffic } from './traffic';

export interface Stage {
  readonly house: House;
  readonly ledger: Ledger;
  readonly traffic: Traffic;
  readonly chance: Chance;
}

export interface Fault {
  readonly name: string;
  /** Null, or why it can't happen on this machine. */
  readonly skipped: (house: House) => string | null;
  run(stage: Stage): Promise<void>;
}

const SECOND = 1_000;
const LOOK_AGAIN = 200;
/** Milliseconds within which health has to tell, and everything has to be well again. */
const TELLS_WITHIN = 15 * SECOND;
const WELL_WITHIN = 30 * SECOND;
/** Share of cut requests in ordinary times, and in bad ones. */
export const USUAL_CUTS = 0.02;
const MANY_CUTS = 0.3;
/** Longer than a lease: what was claimed and not recorded would be over by then. */
const DISK_FAULT = (LEASE_SECONDS + 3) * SECOND;
const DAY = 24 * 60 * 60 * SECOND;

const always = () => null;

export const FAULTS: readonly Fault[] = [
  {
    name: 'an app killed',
    skipped: always,
    async run({ house, chance }) {
      const instance = chance.pick(house.instances);
      await instance.kill();
      await delay(chance.between(0, 2 * SECOND));
      await instance.start();
    },
  },
  {
    name: 'the database killed',
    skipped: always,
    run: (stage) =>
      withDatabaseAway(stage, () =>
        stage.house.database.kill(stage.chance.pick(['SIGKILL', 'SIGQUIT'] as const)),
      ),
  },
  {
    name: 'the database stopped',
    skipped: always,
    run: (stage) => withDatabaseAway(stage, () => stage.house.database.stop()),
  },
  {
    name: 'answers cut',
    skipped: always,
    async run({ house }) {
      for (const { proxy } of house.instances) proxy.setShare(MANY_CUTS);
      await delay(5 * SECOND);
      for (const { proxy } of house.instances) proxy.setShare(USUAL_CUTS);
    },
  },
  {
    name: 'the keyring’s disk full',
    skipped: ({ keyringDisk }) => (keyringDisk.fill === null ? 'only root may mount' : null),
    run: (stage) => withDiskFault(stage, [() => stage.house.keyringDisk.fill?.()]),
  },
  {
    name: 'the keyring’s disk read-only',
    skipped: ({ keyringDisk }) =>
      keyringDisk.makeReadOnly === null ? 'root writes everywhere, and may not mount here' : null,
    run: (stage) => withDiskFault(stage, [() => stage.house.keyringDisk.makeReadOnly?.()]),
  },
  {
    name: 'every disk full',
    skipped: ({ dataDisk }) => (dataDisk.fill === null ? 'only root may mount' : null),
    run: (stage) =>
      withDiskFault(stage, [
        () => stage.house.keyringDisk.fill?.(),
        () => stage.house.dataDisk.fill?.(),
      ]),
  },
  ...[
    ['ten minutes ahead', 10 * 60 * SECOND],
    ['ten minutes behind', -10 * 60 * SECOND],
    ['sixty days ahead', 60 * DAY],
  ].map(([name, clockMs]): Fault => ({
    name: `a clock ${String(name)}`,
    skipped: always,
    async run({ house, ledger, chance }) {
      const instance = chance.pick(house.instances);
      await instance.stop();
      // One that refuses to start with such a clock has told.
      if (await instance.start({ clockMs: Number(clockMs) })) {
        await healthTells(ledger, instance, `a clock ${String(name)}`);
        await delay(3 * SECOND);
        await instance.stop();
      }
      await instance.start();
    },
  })),
  {
    name: 'a restore under running apps',
    skipped: always,
    async run(stage) {
      await restore(stage);
      await delay(4 * SECOND);
      await decide(stage);
    },
  },
  {
    name: 'a restore under stopped apps',
    skipped: always,
    async run(stage) {
      const { instances } = stage.house;
      await takeCopy(stage);
      await Promise.all(instances.map((instance) => instance.stop()));
      await restore(stage);
      await Promise.all(instances.map((instance) => instance.start()));
      await delay(2 * SECOND);
      await decide(stage);
    },
  },
];

/** Waits until both instances say that all is well. */
export async function becomeWell(
  { house, ledger }: Pick<Stage, 'house' | 'ledger'>,
  after: string,
): Promise<void> {
  for (const end = Date.now() + WELL_WITHIN; ;) {
    const answers = await Promise.all(house.instances.map((instance) => instance.isWell()));
    if (answers.every((isWell) => isWell === true)) return;
    if (Date.now() < end) {
      await delay(LOOK_AGAIN);
      continue;
    }
    ledger.violate('unwell', {}, `after ${after}: ${answers.map(String).join(', ')}`);
    // So that what comes next is about what comes next.
    for (const instance of house.instances) {
      await instance.kill();
      await instance.start();
    }
    return;
  }
}

async function healthTells(ledger: Ledger, instance: Instance, fault: string): Promise<void> {
  for (const end = Date.now() + TELLS_WITHIN; Date.now() < end;) {
    if ((await instance.isWell()) === false) return;
    await delay(LOOK_AGAIN);
  }
  ledger.violate('silent', {}, `${fault}: ${instance.name} said that all was well`);
}

async function withDatabaseAway(
  { house, ledger, chance }: Stage,
  end: () => Promise<void>,
): Promise<void> {
  await end();
  await Promise.all(
    house.instances.map((instance) => healthTells(ledger, instance, 'the database away')),
  );
  await delay(chance.between(0, SECOND));
  await house.database.start();
}

async function withDiskFault(
  { house, ledger }: Stage,
  breakDisks: readonly (() => Promise<void> | undefined)[],
): Promise<void> {
  // What is not answered now was not recorded: no cuts blur that.
  for (const { proxy } of house.instances) proxy.setShare(0);
  const begunAt = Date.now();
  const end = ledger.beginDiskFault();
  for (const breakDisk of breakDisks) await breakDisk();
  await Promise.all(
    house.instances.map((instance) => healthTells(ledger, instance, 'a disk that takes nothing')),
  );
  await delay(Math.max(0, begunAt + DISK_FAULT - Date.now()));
  end();
  await house.keyringDisk.mend();
  await house.dataDisk.mend();
  for (const { proxy } of house.instances) proxy.setShare(USUAL_CUTS);
}

/** A copy to come back to, and something that ended since: else nobody could tell that it went back. */
async function takeCopy({ house: { database }, traffic }: Stage): Promise<void> {
  if (!database.hasCopy()) {
    await database.stop();
    await database.copyFiles();
    await database.start();
  }
  await traffic.openOne();
}

async function restore(stage: Stage): Promise<void> {
  const { database } = stage.house;
  const isRunning = stage.house.instances.some((instance) => instance.isRunning());
  if (isRunning) await takeCopy(stage);
  const end = stage.ledger.beginRestore();
  await database.stop();
  await database.restoreFiles();
  await database.start();
  end();
}

/** The owner decides, or does not yet. */
async function decide({ house, chance }: Stage): Promise<void> {
  if (chance.happens(0.5)) return;
  const instance = chance.pick(house.instances);
  await instance.stop();
  await instance.start({ env: { RESTORED_DATABASE: 'discard' } });
  await instance.stop();
  await instance.start();
}

/**
 * Random faults against two real instances, for some minutes, while a model outside of them knows
 * what must not happen. Prints its seed; ends with a line of totals, one for each invariant.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { becomeWell, FAULTS, USUAL_CUTS } from './faults';
import { createClient } from './client';
import { openHouse } from './house';
import { createLedger, INVARIANTS, type Invariant, type Ledger } from './ledger';
import { chanceOf } from './random';
import { startTraffic, type Traffic } from './traffic';

export interface FaultRun {
  readonly minutes: number;
  readonly seed: number;
}

/** What has to have succeeded for a run to have shown anything. */
const MUST_HAPPEN = [
  'seal server',
  'seal browser',
  'seal reply',
  'seal server with a passphrase',
  'seal browser with a passphrase',
  'open server',
  'open browser',
  'open reply',
  'acknowledge',
  'destroy as sender',
  'destroy as recipient',
  'wrong passphrase',
  'look',
  'status',
];

const SHOWN = 40;

/** @returns whether every invariant held */
export async function runFaults({ minutes, seed }: FaultRun): Promise<boolean> {
  console.log(`Random faults for ${minutes} minutes; again with: -- --seed ${seed}`);
  const chance = chanceOf(seed);
  const house = await openHouse(chance);
  try {
    const ledger = createLedger();
    const client = await createClient(house);
    const traffic = startTraffic(client, house, ledger, chance);
    const stage = { house, ledger, traffic, chance };
    for (const { proxy } of house.instances) proxy.setShare(USUAL_CUTS);

    const possible = FAULTS.filter(({ name, skipped }) => {
      const why = skipped(house);
      if (why !== null) console.log(`Skipped: ${name} (${why}).`);
      return why === null;
    });
    const happened = new Map<string, number>();
    // In another order each round, so that in a run of some minutes every one comes up.
    let round: typeof possible = [];
    for (const end = Date.now() + minutes * 60_000; Date.now() < end;) {
      if (round.length === 0) round = chance.shuffled(possible);
      const fault = round.pop();
      if (fault === undefined) break;
      ledger.setFault(fault.name);
      await fault.run(stage);
      await becomeWell(stage, fault.name);
      happened.set(fault.name, (happened.get(fault.name) ?? 0) + 1);
      await delay(chance.between(1_000, 3_000));
    }

    ledger.setFault('the end');
    for (const { proxy } of house.instances) proxy.setShare(0);
    await becomeWell(stage, 'everything');
    await traffic.finish();
    const cuts = house.instances.reduce((sum, { proxy }) => sum + proxy.cuts(), 0);
    return report(ledger, traffic, happened, cuts);
  } finally {
    await house.close();
  }
}

function report(
  ledger: Ledger,
  { done }: Traffic,
  happened: ReadonlyMap<string, number>,
  cuts: number,
): boolean {
  for (const line of ledger.descriptions.slice(0, SHOWN)) console.log(line);
  if (ledger.descriptions.length > SHOWN) {
    console.log(`… and ${ledger.descriptions.length - SHOWN} more`);
  }
  console.log(`\nFaults: ${listed(happened)}; ${cuts} requests cut`);
  console.log(`Succeeded: ${listed(done)}`);
  const never = MUST_HAPPEN.filter((what) => !done.has(what));
  if (never.length > 0) console.log(`Never succeeded, so nothing is shown: ${never.join(', ')}`);
  const counts = ledger.counts();
  const sums = (Object.keys(INVARIANTS) as Invariant[]).map(
    (name) => `${INVARIANTS[name]} ${counts[name]}`,
  );
  console.log(`Of ${ledger.entries.length} links: ${sums.join('; ')}`);
  console.log(`Leases that ended unanswered, as they may: ${ledger.leasesOver()}`);
  const failed =
    Object.values(counts).filter((count) => count > 0).length + Math.min(1, never.length);
  const passed = Object.keys(INVARIANTS).length + 1 - failed;
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0;
}

function listed(counts: ReadonlyMap<string, number>): string {
  return [...counts].map(([name, count]) => `${name} ${count}`).join(', ');
}

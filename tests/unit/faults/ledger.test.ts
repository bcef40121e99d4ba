import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Answer } from '@/tests/faults/answers';
import { LEASE_SECONDS } from '@/tests/faults/house';
import { createLedger, type Entry, type Invariant, type Ledger } from '@/tests/faults/ledger';
import type { Told } from '@/tests/faults/pages';
import type { Sealed } from '@/tests/faults/sealed';

/*
 * What the random-fault suite takes for a violation, and what for allowed: a suite that sees nothing
 * would be as green as one with nothing to see.
 */

const nobody = () => Promise.reject(new Error('Nobody is asked here.'));
const SEALED: Sealed = {
  kind: 'server',
  text: 'a secret',
  hasPassphrase: false,
  open: nobody,
  openWrongly: nobody,
  acknowledge: nobody,
  look: nobody,
  status: nobody,
  destroyAsSender: nobody,
  destroyAsRecipient: null,
};

const RECEIVED: Answer = { kind: 'received', text: 'a secret' };
const NOTHING: Answer = { kind: 'nothing' };
const UNAVAILABLE: Answer = { kind: 'unavailable' };
const OPENED: Answer = { kind: 'told', told: 'opened' };

let ledger: Ledger;
let entry: Entry;

beforeEach(() => {
  vi.useFakeTimers();
  ledger = createLedger();
  entry = seal();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Something takes a tenth of a second. */
function asked() {
  const begunAt = Date.now();
  vi.advanceTimersByTime(100);
  const endedAt = Date.now();
  vi.advanceTimersByTime(100);
  return { begunAt, endedAt };
}

function seal(): Entry {
  return ledger.add(SEALED, asked());
}

function open(nonce: string, answer: Answer): void {
  ledger.openingBegins(entry, Date.now());
  ledger.openingEnds(entry, nonce, answer, asked());
}

function tell(told: Told, tries: number | null = null): void {
  ledger.told(entry, told, asked(), tries);
}

function destroy(by: 'sender' | 'recipient'): void {
  entry.destroyBegun.add(by);
  entry.destroyedAt = asked().endedAt;
}

function restore(): void {
  const end = ledger.beginRestore();
  asked();
  end();
}

function violated(): Invariant[] {
  return Object.entries(ledger.counts()).flatMap(([name, count]) =>
    count > 0 ? [name as Invariant] : [],
  );
}

describe('the ledger of the random faults', () => {
  it.each<[string, () => void, Invariant[]]>([
    [
      'one reader, who asks again',
      () => {
        open('a', RECEIVED);
        open('a', RECEIVED);
        tell('opened');
      },
      [],
    ],
    [
      'two readers',
      () => {
        open('a', RECEIVED);
        open('b', RECEIVED);
      },
      ['readTwice'],
    ],
    ['another text', () => open('a', { kind: 'received', text: 'another' }), ['contradicted']],
    [
      'read after its destruction',
      () => {
        destroy('sender');
        open('a', RECEIVED);
      },
      ['readAfterEnd'],
    ],
    [
      'told as waiting after it was read',
      () => {
        open('a', RECEIVED);
        tell('waiting');
      },
      ['contradicted'],
    ],
    [
      'told as burned after it was read',
      () => {
        open('a', RECEIVED);
        tell('wrong_passphrases');
      },
      ['contradicted'],
    ],
    [
      'told as destroyed, and read',
      () => {
        entry.destroyBegun.add('sender');
        tell('sender');
        open('a', RECEIVED);
      },
      ['contradicted'],
    ],
    [
      'told as destroyed by one who asked',
      () => {
        destroy('recipient');
        tell('recipient');
      },
      [],
    ],
    ['told as destroyed, and nobody asked', () => tell('sender'), ['contradicted']],
    [
      'told as waiting after its destruction',
      () => {
        destroy('sender');
        tell('waiting');
      },
      ['contradicted'],
    ],
    ['told as opened, and nobody opened', () => tell('opened'), ['contradicted']],
    ['told as expired before its time', () => tell('expired'), ['contradicted']],
    ['a wrong try that nobody made', () => tell('waiting', 1), ['contradicted']],
    [
      'the right passphrase refused',
      () => open('a', { kind: 'wrongPassphrase' }),
      ['contradicted'],
    ],
    ['unknown from the start', () => tell('unknown'), ['notStored']],
    [
      'unknown later',
      () => {
        tell('waiting');
        tell('unknown');
      },
      ['lost'],
    ],
    ['kept closed without a restore', () => tell('keptClosed'), ['lost']],
    [
      'from before a restore, kept closed',
      () => {
        restore();
        tell('keptClosed');
        tell('unknown');
        tell('restore');
      },
      [],
    ],
    [
      'from before a restore, and waiting',
      () => {
        restore();
        tell('waiting');
      },
      ['contradicted'],
    ],
    [
      'from before a restore, and read',
      () => {
        restore();
        open('a', RECEIVED);
      },
      ['readAfterEnd'],
    ],
    [
      'read before a restore, and told as unread',
      () => {
        open('a', RECEIVED);
        restore();
        tell('sender');
      },
      ['contradicted'],
    ],
    [
      'made after a restore, and kept closed',
      () => {
        restore();
        entry = seal();
        tell('keptClosed');
      },
      ['lost'],
    ],
  ])('holds %s against what happened', (_, happen, expected) => {
    happen();
    expect(violated()).toEqual(expected);
  });

  const outlast = () => vi.advanceTimersByTime(LEASE_SECONDS * 1000);

  it.each<[string, () => void, Invariant[], number]>([
    [
      'opened and never received',
      () => {
        open('a', NOTHING);
        open('a', OPENED);
      },
      ['lost'],
      0,
    ],
    [
      'a lease that ended without an answer',
      () => {
        open('a', NOTHING);
        outlast();
        open('a', OPENED);
      },
      [],
      1,
    ],
    [
      'a destruction after an answer that was lost',
      () => {
        open('a', NOTHING);
        destroy('sender');
        open('a', OPENED);
      },
      [],
      1,
    ],
    [
      'a claim refused while it could not be recorded',
      () => {
        const end = ledger.beginDiskFault();
        open('a', UNAVAILABLE);
        outlast();
        open('a', OPENED);
        end();
      },
      ['lost'],
      0,
    ],
    [
      'a destruction that met a claim which could not be recorded',
      () => {
        const end = ledger.beginDiskFault();
        open('a', UNAVAILABLE);
        destroy('sender');
        end();
        open('a', OPENED);
      },
      [],
      1,
    ],
    [
      'one received by another',
      () => {
        open('a', NOTHING);
        open('b', RECEIVED);
        open('a', OPENED);
      },
      [],
      0,
    ],
    [
      'one from before a restore',
      () => {
        open('a', NOTHING);
        open('a', OPENED);
        restore();
      },
      [],
      0,
    ],
  ])('judges %s', (_, happen, expected, leasesOver) => {
    happen();
    ledger.judgeUnreceived(entry);
    expect(violated()).toEqual(expected);
    expect(ledger.leasesOver()).toBe(leasesOver);
  });
});

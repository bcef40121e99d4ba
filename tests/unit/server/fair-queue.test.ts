import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFairQueue, type FairQueue } from '@/lib/server/fair-queue';

const PATIENCE = 8_000;

let queue: FairQueue<'open' | 'seal'>;
let begun: string[];
let ends: Map<string, () => void>;

beforeEach(() => {
  vi.useFakeTimers();
  queue = createFairQueue({ atOnce: 1, waiting: { open: 4, seal: 4 }, patience: PATIENCE });
  begun = [];
  ends = new Map();
});

afterEach(() => {
  vi.useRealTimers();
});

/** Asks for a turn; the work ends when the test says so. The first words of its name, joined by `+`, are whom it is for. */
function ask(name: string, kind: 'open' | 'seal' = 'open'): Promise<string | null> {
  return queue.run({ kind, parties: (name.split(' ', 1)[0] ?? '').split('+') }, () => {
    begun.push(name);
    return new Promise((resolve) => {
      ends.set(name, () => resolve(name));
    });
  });
}

/** Ends what runs, and lets whoever is next begin. */
async function end(name: string): Promise<void> {
  ends.get(name)?.();
  await vi.advanceTimersByTimeAsync(0);
}

async function endAll(): Promise<void> {
  // It grows meanwhile.
  for (const name of begun) await end(name);
}

const soon = () => vi.advanceTimersByTimeAsync(0);

describe('the queue for stretching', () => {
  it('takes turns by message: whoever comes with another does not wait behind a crowd', async () => {
    void ask('running');
    await soon();
    const crowd = [ask('flooded 1'), ask('flooded 2'), ask('flooded 3')];
    const right = ask('other 1');
    await soon();
    await endAll();
    expect(begun).toEqual(['running', 'flooded 1', 'other 1', 'flooded 2', 'flooded 3']);
    expect(await right).toBe('other 1');
    expect(await Promise.all(crowd)).not.toContain(null);
  });

  it('lets who comes for the first time in before all those who were in lately', async () => {
    for (const message of ['a', 'b', 'c']) {
      void ask(`${message} 1`);
      await soon();
      await end(`${message} 1`);
    }
    void ask('running');
    await soon();
    for (const message of ['a', 'b', 'c']) void ask(`${message} 2`);
    void ask('other 1');
    await soon();
    await endAll();
    expect(begun.slice(3)).toEqual(['running', 'other 1', 'a 2', 'b 2', 'c 2']);
  });

  it('takes turns by kind: however many seal, every other place is for those who open', async () => {
    void ask('a', 'seal');
    await soon();
    for (const address of ['b', 'c', 'd']) void ask(address, 'seal');
    void ask('message 1');
    void ask('message 2');
    await soon();
    await endAll();
    expect(begun).toEqual(['a', 'b', 'message 1', 'c', 'message 2', 'd']);
  });

  it('runs as many at once as it may, and lets the next begin when one fails', async () => {
    queue = createFairQueue({ atOnce: 2, waiting: { open: 4, seal: 4 }, patience: PATIENCE });
    const failing = queue.run({ kind: 'open', parties: ['f'] }, () =>
      Promise.reject(new Error('fails')),
    );
    void ask('a');
    void ask('b');
    await expect(failing).rejects.toThrow('fails');
    await soon();
    expect(begun).toEqual(['a', 'b']);
    void ask('c');
    await soon();
    expect(begun).toEqual(['a', 'b']);
    await end('a');
    expect(begun).toEqual(['a', 'b', 'c']);
  });

  it('gives up who waited for as long as its patience, and nobody sooner', async () => {
    void ask('a');
    const waits = ask('b');
    const answer = vi.fn();
    void waits.then(answer);
    await vi.advanceTimersByTimeAsync(PATIENCE - 1);
    expect(answer).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(answer).toHaveBeenCalledWith(null);
    // Whoever gave up takes no place of those who came later.
    void ask('c');
    await end('a');
    expect(begun).toEqual(['a', 'c']);
  });

  it('is bounded, and where it is full the longest crowd gives way to whoever comes alone', async () => {
    void ask('running');
    await soon();
    const crowd = ['flooded 1', 'flooded 2', 'flooded 3', 'flooded 4'].map((name) => ask(name));
    expect(await ask('flooded 5')).toBeNull();
    const alone = ask('other 1');
    expect(await crowd[3]).toBeNull();
    await soon();
    await endAll();
    expect(begun).toEqual(['running', 'flooded 1', 'other 1', 'flooded 2', 'flooded 3']);
    expect(await alone).toBe('other 1');
  });

  it('refuses the next where nobody waits with more than one', async () => {
    void ask('running');
    await soon();
    for (const message of ['a', 'b', 'c', 'd']) void ask(message);
    expect(await ask('e')).toBeNull();
    void ask('of the other kind', 'seal');
    await soon();
    await endAll();
    expect(begun).toContain('of the other kind');
  });

  it('lets in whoever comes with one, though another fills it with many messages of their own', async () => {
    void ask('flooder+running');
    await soon();
    const flood = ['a', 'b', 'c', 'd'].map((message) => ask(`flooder+${message}`));
    const alone = ask('person+message');
    expect(await flood[3]).toBeNull();
    await soon();
    await end('flooder+running');
    await endAll();
    expect(begun.slice(0, 2)).toEqual(['flooder+running', 'person+message']);
    expect(await alone).toBe('person+message');
  });

  it('lets in whoever was never in, though it is full of those who were, each with another message', async () => {
    for (const message of ['a', 'b', 'c', 'd']) {
      void ask(`${message}1+${message}`);
      await soon();
      await end(`${message}1+${message}`);
    }
    void ask('running');
    await soon();
    for (const message of ['a', 'b', 'c', 'd']) void ask(`${message}2+${message}`);
    const alone = ask('person+message');
    await soon();
    await endAll();
    expect(begun.slice(4, 6)).toEqual(['running', 'person+message']);
    expect(await alone).toBe('person+message');
  });

  it('takes turns by message where all come from one address', async () => {
    void ask('proxy+flooded 0');
    await soon();
    for (const number of [1, 2, 3, 4, 5]) void ask(`proxy+flooded ${String(number)}`);
    const alone = ask('proxy+message');
    await soon();
    await endAll();
    expect(begun.slice(0, 2)).toEqual(['proxy+flooded 0', 'proxy+message']);
    expect(await alone).toBe('proxy+message');
  });
});

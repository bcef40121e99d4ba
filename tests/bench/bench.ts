/**
 * `npm run bench`: how fast pages are served and messages sealed and opened,
 * on a real build and a real database. Machines differ and are noisy, so every
 * figure stands beside a plain Node server's in the same run.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openServerSealed } from '@/lib/sealed/open';
import { sealOnServer } from '@/lib/sealed/seal';
import { withScratchDatabase } from '@/scripts/postgres/embedded-database';
import { migrateDatabase } from '@/scripts/database/migrations';
import { createTestDesk, createTestKeyring, newNonce, tokenOf } from '@/tests/integration/desk';
import { startApp } from '@/tests/support/app';
import { text } from '@/tests/support/envelopes';
import { benchFlood } from './flood';
import { loadOf, percentiles, type Load } from './load';

const UNKNOWN_LINK = `/m/${'A'.repeat(55)}`;
const MESSAGES = 200;

await benchPages();
await benchMessages();
await benchFlood();

async function benchPages(): Promise<void> {
  const app = await startApp();
  try {
    const page = await (await fetch(`${app.url}/`)).text();
    const plain = await startPlainServer(page);
    try {
      const base = `http://127.0.0.1:${String(app.port)}`;
      const baseline = await loadOf(plain.url);
      console.log('\nPages, 16 connections');
      report('a plain Node server, the same bytes', baseline, baseline);
      report('/', await loadOf(`${base}/`), baseline);
      report('/how-it-works (prerendered)', await loadOf(`${base}/how-it-works`), baseline);
      report('/api/health (one statement)', await loadOf(`${base}/api/health`), baseline);
      report(
        '/m/… (unknown link, no database)',
        await loadOf(`${base}${UNKNOWN_LINK}`, { status: 404, seconds: 2 }),
        baseline,
      );
    } finally {
      plain.server.close();
    }
  } finally {
    await app.stop();
  }
}

async function benchMessages(): Promise<void> {
  await withScratchDatabase(async ({ administratorUrl }) => {
    await migrateDatabase(administratorUrl);
    const desk = createTestDesk(administratorUrl, await createTestKeyring());
    try {
      console.log(`\nMessages, one after the other, ${String(MESSAGES)} times`);
      for (const passphrase of ['', 'correct horse battery staple']) {
        const times = passphrase === '' ? MESSAGES : MESSAGES / 10;
        const tokens: string[] = [];
        const name = passphrase === '' ? '' : ' with a passphrase (Argon2id, 64 MiB)';
        await timed(`seal${name}`, times, async () => {
          const links = await sealOnServer(desk, {
            secret: text('x'.repeat(100)),
            passphrase,
            expiresIn: '1h',
            note: '',
          });
          tokens.push(tokenOf(links?.[0]?.link ?? ''));
        });
        await timed(`open${name}`, times, async (index) => {
          const state = await openServerSealed(desk, {
            token: tokens[index] ?? '',
            nonce: newNonce(),
            passphrase,
          });
          if (state.status !== 'opened') throw new Error(`A message was ${state.status}.`);
        });
      }
    } finally {
      await desk.close();
    }
  });
}

async function timed(
  name: string,
  times: number,
  work: (index: number) => Promise<void>,
): Promise<void> {
  const taken: number[] = [];
  for (let index = 0; index < times; index += 1) {
    const begun = performance.now();
    await work(index);
    taken.push(performance.now() - begun);
  }
  const { median, slowest1Percent } = percentiles(taken);
  console.log(
    `${name.padEnd(48)} median ${median.toFixed(1)} ms   p99 ${slowest1Percent.toFixed(1)} ms`,
  );
}

function report(name: string, load: Load, baseline: Load): void {
  const share = Math.round((100 * load.perSecond) / baseline.perSecond);
  console.log(
    `${name.padEnd(40)} ${load.perSecond.toFixed(0).padStart(6)}/s  ${String(share).padStart(3)} %  median ${load.median.toFixed(1)} ms  p99 ${load.slowest1Percent.toFixed(1)} ms`,
  );
}

async function startPlainServer(body: string): Promise<{ server: Server; url: string }> {
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { server, url: `http://127.0.0.1:${String(port)}/` };
}

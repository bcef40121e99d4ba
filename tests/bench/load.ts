import { Agent, request } from 'node:http';

export interface Load {
  /** Answers a second over the whole run. */
  readonly perSecond: number;
  /** Milliseconds. */
  readonly median: number;
  readonly slowest1Percent: number;
}

/** Asks one address over and over on kept connections, and counts the answers. */
export async function loadOf(
  url: string,
  { connections = 16, seconds = 4, status = 200 } = {},
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  const begun = performance.now();
  const end = begun + seconds * 1000;
  const ask = async () => {
    while (performance.now() < end) {
      const asked = performance.now();
      const answered = await statusOf(url, agent);
      if (answered !== status) throw new Error(`${url} answered ${String(answered)}.`);
      times.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: connections }, ask));
  const took = (performance.now() - begun) / 1000;
  agent.destroy();
  return { perSecond: times.length / took, ...percentiles(times) };
}

function statusOf(url: string, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url, { agent }, (response) => {
      response.resume();
      response.on('end', () => {
        resolve(response.statusCode ?? 0);
      });
    })
      .on('error', reject)
      .end();
  });
}

export function percentiles(times: number[]): Pick<Load, 'median' | 'slowest1Percent'> {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? 0;
  return { median: at(0.5), slowest1Percent: at(0.99) };
}

import { describe, expect, it } from 'vitest';
import { locateMessage } from '@/lib/sealed/locate';
import type { Epoch, Keyring } from '@/lib/server/keyring/keyring';
import {
  randomBytes,
  toMessageId,
  toReplyId,
  toRequestId,
  toServerKey,
} from '@/lib/protocol/bytes';
import { createMessageKey, deriveServerKeys } from '@/lib/protocol/keys';
import {
  sealBrowserLinkToken,
  sealReplyStatusToken,
  sealRequestToken,
  sealServerLinkToken,
  sealStatusToken,
} from '@/lib/protocol/tokens';

const PURPOSES = ['serverSeal', 'browserSeal', 'status'] as const;

async function keyringOf(count: number): Promise<{ keyring: Keyring; epochs: Epoch[] }> {
  const epochs: Epoch[] = [];
  for (let index = 0; index < count; index += 1) {
    epochs.push({
      id: `epoch${index}`,
      keys: await deriveServerKeys(toServerKey(randomBytes(32))),
    });
  }
  const keyring: Keyring = {
    sealingEpoch: () => Promise.reject(new Error('Nothing is sealed here.')),
    liveEpochs: () => Promise.resolve(epochs),

    keepEpoch: () => Promise.resolve(true),
  };
  return { keyring, epochs };
}

/** One token of every purpose, all with the same eight bytes of id. */
function tokensOf({ keys: { tokenKey } }: Epoch) {
  const id = randomBytes(8);
  return {
    serverSeal: sealServerLinkToken(tokenKey, toMessageId(id), createMessageKey()),
    browserSeal: sealBrowserLinkToken(tokenKey, toMessageId(id)),
    status: sealStatusToken(tokenKey, toMessageId(id)),
    request: sealRequestToken(tokenKey, toRequestId(id)),
    replyStatus: sealReplyStatusToken(tokenKey, toReplyId(id)),
  };
}

describe('locating a message', () => {
  it('finds the epoch that made the token, whichever it is', async () => {
    const { keyring, epochs } = await keyringOf(3);
    for (const epoch of epochs) {
      const tokens = tokensOf(epoch);
      for (const purpose of PURPOSES) {
        const located = await locateMessage(keyring, tokens[purpose], purpose);
        expect(located?.address.epoch).toBe(epoch.id);
      }
    }
  });

  it.each(PURPOSES)(
    'for %s refuses tokens of every other purpose, those of requests and replies among them',
    async (purpose) => {
      const { keyring, epochs } = await keyringOf(2);
      for (const epoch of epochs) {
        for (const [made, token] of Object.entries(tokensOf(epoch))) {
          const located = await locateMessage(keyring, token, purpose);
          expect(`${made}: ${located !== null}`).toBe(`${made}: ${made === purpose}`);
        }
      }
    },
  );

  it('finds nothing for a token of a destroyed epoch', async () => {
    const { keyring } = await keyringOf(2);
    const destroyed = await keyringOf(1);
    for (const epoch of destroyed.epochs) {
      const tokens = tokensOf(epoch);
      for (const purpose of PURPOSES) {
        expect(await locateMessage(keyring, tokens[purpose], purpose)).toBeNull();
      }
    }
  });
});

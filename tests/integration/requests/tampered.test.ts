import { describe, expect, it } from 'vitest';
import { lookAtRequest } from '@/lib/requests/look-at-request';
import { newNonce } from '../desk';
import { askFor, claimAs, firstReply, inboxFor, replyInBrowser } from './both-browsers';
import { givenRequestDesk, givenStaff } from './request-desk';

const desk = givenRequestDesk();
const ada = givenStaff(desk, 'Ada');

describe('what somebody altered in the database', () => {
  it('a reply’s ciphertext, or one moved from another reply: refused, and still sealed', async () => {
    const request = await askFor(desk, ada, { repliesAllowed: 2 });
    await replyInBrowser(desk, request, ['one']);
    await replyInBrowser(desk, request, ['two']);
    const { replies } = await inboxFor(desk, ada, request);
    const swap = () => desk.client.$executeRaw`
      UPDATE sealed_items p SET wrapped_ciphertext = other.wrapped_ciphertext
      FROM sealed_items other WHERE other.request_id = p.request_id AND other.id <> p.id
        AND p.state = 'SEALED' AND other.state = 'SEALED'`;
    await swap();
    for (const reply of replies) {
      expect(await claimAs(desk, ada, request, reply)).toEqual({
        status: 'refused',
        refusal: 'reply_unreadable',
      });
    }
    await swap();
    for (const reply of replies) {
      expect((await claimAs(desk, ada, request, reply)).status).toBe('claimed');
    }
  });

  it('a reply moved to another request: not opened there', async () => {
    const mine = await askFor(desk, ada, { repliesAllowed: 2 });
    const other = await askFor(desk, ada, { repliesAllowed: 2 });
    await replyInBrowser(desk, other);
    const reply = await firstReply(desk, ada, other);
    await desk.client.$executeRaw`
      UPDATE sealed_items SET request_id = ${BigInt.asIntN(64, BigInt(`0x${mine.id}`))}
      WHERE request_id = ${BigInt.asIntN(64, BigInt(`0x${other.id}`))}`;
    expect(await claimAs(desk, ada, mine, reply, newNonce())).toMatchObject({
      refusal: 'reply_unreadable',
    });
  });

  it('nothing: but its server key is gone, and the reply with it', async () => {
    const request = await askFor(desk, ada);
    await replyInBrowser(desk, request);
    const reply = await firstReply(desk, ada, request);
    const [epoch] = desk.keyring.epochs.splice(0);
    expect(await lookAtRequest(desk, request.token)).toEqual({ status: 'unknown' });
    expect(await claimAs(desk, ada, request, reply)).toMatchObject({
      refusal: 'reply_unreadable',
    });
    if (epoch !== undefined) desk.keyring.epochs.push(epoch);
  });
});

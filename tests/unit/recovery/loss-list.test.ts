import { expect, it } from 'vitest';
import { whoElseReads } from '@/components/account/losses';

const madeAt = '2026-11-30T12:00:00.000Z';
const said = (requests: number, ...repliesAlone: number[]) =>
  whoElseReads({
    requests,
    alone: repliesAlone.map((sealedReplies) => ({ madeAt, sealedReplies })),
  });

it('a new vault: of requests that nobody else reads none is said to stay, and each number agrees', () => {
  expect([said(1, 2), said(2, 0, 3)]).toEqual([
    'Nobody else can read this request: it stops, and whatever waits there unopened is lost for good.',
    'Nobody else can read any of these requests: they stop, and whatever waits there unopened is lost for good.',
  ]);
  expect([said(1), said(3)]).toEqual([
    'Colleagues can still read this request, and can share it with you again.',
    'Colleagues can still read them all, and can share them with you again.',
  ]);
});

it('a new vault: of requests of which colleagues read some it is said how many are lost', () => {
  expect([said(2, 4), said(5, 1, 2)]).toEqual([
    'Nobody else can read one of these requests: it stops, and whatever waits there unopened is lost for good. Unopened replies there: 4. Colleagues can still read the other one, and can share it with you again.',
    'Nobody else can read 2 of these requests: they stop, and whatever waits there unopened is lost for good. Unopened replies there: 3. Colleagues can still read the others, and can share them with you again.',
  ]);
});

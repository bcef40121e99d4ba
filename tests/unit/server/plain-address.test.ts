import { expect, it } from 'vitest';
import { isReadableOnTheWay } from '@/lib/server/plain-address';

it.each([
  ['http://secrets.example.org', true],
  ['http://192.168.1.2:3000', true],
  ['http://localhost.example.org', true],
  ['http://[fd00::1]', true],
  ['https://secrets.example.org', false],
  ['http://localhost:3000', false],
  ['http://app.localhost', false],
  ['http://127.0.0.1:3000', false],
  ['http://[::1]:3000', false],
])('what is sent to %s can be read on the way: %s', (appUrl, isReadable) => {
  expect(isReadableOnTheWay(new URL(appUrl))).toBe(isReadable);
});

import { fixed } from '../reference/primitives';
import type { RequestLinkVectors } from '../request-vector-shapes';
import { withSpareBit } from './altered-bytes';

const TOKEN = fixed('request link', 25).toString('base64url');
const LONG_TOKEN = fixed('server link', 41).toString('base64url');
const FINGERPRINT = fixed('fingerprint', 16).toString('base64url');
const OTHER = fixed('other fingerprint', 16).toString('base64url');
const BASE = `https://seal.example/r/${TOKEN}`;

export function makeRequestLinkVectors(): RequestLinkVectors {
  return { cases: cases(), refused: refusedLinks(), refusedToWrite: refusedToWrite() };
}

function cases(): RequestLinkVectors['cases'] {
  const none = { fingerprint: null };
  return [
    link('as it was written', `/r/${TOKEN}`, `#${FINGERPRINT}`),
    link('trailing slash', `/r/${TOKEN}/`, `#${FINGERPRINT}`),
    link('# percent-encoded into the path', `/r/${TOKEN}%23${FINGERPRINT}`),
    link('# decoded in the path', `/r/${TOKEN}#${FINGERPRINT}`),
    link('slash before the encoded #', `/r/${TOKEN}/%23${FINGERPRINT}`),
    link('slash after the encoded fragment', `/r/${TOKEN}%23${FINGERPRINT}/`),
    link('encoded # and a tail', `/r/${TOKEN}%23${FINGERPRINT}?utm_medium=email&utm_id=1`),
    link('encoded # and an encoded tail', `/r/${TOKEN}%23${FINGERPRINT}%3futm_medium=email`),
    link('tail before the encoded #', `/r/${TOKEN}?utm_source=x%23${FINGERPRINT}`),
    link('something else behind # in the tail', `/r/${TOKEN}?utm=%23sale`, `#${FINGERPRINT}`),
    link('behind something else in the tail', `/r/${TOKEN}?utm=%23sale%23${FINGERPRINT}`),
    link('one in the tail gives way to #', `/r/${TOKEN}?x%23${OTHER}`, `#${FINGERPRINT}`),
    link('tail after the fragment', `/r/${TOKEN}`, `#${FINGERPRINT}?utm_source=mail`),
    link('ampersand after the fragment', `/r/${TOKEN}`, `#${FINGERPRINT}&fbclid=IwAR0`),
    link('encoded tail after the fragment', `/r/${TOKEN}`, `#${FINGERPRINT}%26mc_cid=1`),
    link('in the path, empty #', `/r/${TOKEN}%23${FINGERPRINT}`, '#'),
    link('dot behind the token', `/r/${TOKEN}.`, `#${FINGERPRINT}`),
    link('dot behind the fingerprint', `/r/${TOKEN}`, `#${FINGERPRINT}.`),
    link('bracket and quotation mark behind', `/r/${TOKEN}`, `#${FINGERPRINT})%22`),
    { ...link('no fragment', `/r/${TOKEN}`), ...none },
    { ...link('no fragment, # in the tail', `/r/${TOKEN}?utm=%23sale`), ...none },
    { ...link('empty fragment', `/r/${TOKEN}`, '#'), ...none },
    { ...link('a tail alone for a fragment', `/r/${TOKEN}`, '#?utm=1'), ...none },
  ];
}

function refusedLinks(): RequestLinkVectors['refused'] {
  return [
    refused('the path of a message', `/m/${TOKEN}`, `#${FINGERPRINT}`),
    refused('path in capitals', `/R/${TOKEN}`, `#${FINGERPRINT}`),
    refused('no token', '/r/', `#${FINGERPRINT}`),
    refused('text before the path', `/x/r/${TOKEN}`, `#${FINGERPRINT}`),
    refused('two slashes at the end', `/r/${TOKEN}//`, `#${FINGERPRINT}`),
    refused('something below the token', `/r/${TOKEN}/x`, `#${FINGERPRINT}`),
    refused('a token with a message key in it', `/r/${LONG_TOKEN}`, `#${FINGERPRINT}`),
    refused('token one character short', `/r/${TOKEN.slice(1)}`, `#${FINGERPRINT}`),
    refused('token one character long', `/r/${TOKEN}A`, `#${FINGERPRINT}`),
    refused('token with spare bits', `/r/${withSpareBit(TOKEN)}`, `#${FINGERPRINT}`),
    refused('a letter behind a dot', `/r/${TOKEN}.x`, `#${FINGERPRINT}`),
    refused('fingerprint one character short', `/r/${TOKEN}`, `#${FINGERPRINT.slice(1)}`),
    refused('fingerprint one character long', `/r/${TOKEN}`, `#${FINGERPRINT}A`),
    refused('fingerprint with padding', `/r/${TOKEN}`, `#${FINGERPRINT}==`),
    refused('fingerprint with spare bits', `/r/${TOKEN}`, `#${withSpareBit(FINGERPRINT)}`),
    refused('dot in place of the last', `/r/${TOKEN}`, `#${FINGERPRINT.slice(0, -1)}.`),
    refused('in the path, cut short', `/r/${TOKEN}%23${FINGERPRINT.slice(1)}`),
    refused('one in the path and one after #', `/r/${TOKEN}%23${OTHER}`, `#${FINGERPRINT}`),
    refused('# encoded twice', `/r/${TOKEN}%2523${FINGERPRINT}`),
    refused('two fragments', `/r/${TOKEN}`, `#${FINGERPRINT}#${FINGERPRINT}`),
    refused('fragment without #', `/r/${TOKEN}`, FINGERPRINT),
  ];
}

function refusedToWrite(): RequestLinkVectors['refusedToWrite'] {
  return [
    { name: 'a fragment already', base: `${BASE}#x`, fingerprint: FINGERPRINT, error: 'bad_link' },
    { name: 'an empty fragment', base: `${BASE}#`, fingerprint: FINGERPRINT, error: 'bad_link' },
    { name: 'no fingerprint', base: BASE, fingerprint: '', error: 'bad_length' },
    { name: 'cut short', base: BASE, fingerprint: FINGERPRINT.slice(1), error: 'bad_length' },
    {
      name: 'spare bits',
      base: BASE,
      fingerprint: withSpareBit(FINGERPRINT),
      error: 'bad_base64url',
    },
  ];
}

function link(name: string, pathname: string, hash = '') {
  return { name, pathname, hash, token: TOKEN, fingerprint: FINGERPRINT };
}

function refused(name: string, pathname: string, hash = '') {
  return { name, pathname, hash };
}

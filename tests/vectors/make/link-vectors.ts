import { fixed } from '../reference/primitives';
import type { LinkVectors } from '../vector-shapes';
import { withSpareBit } from './altered-bytes';

const SERVER = fixed('server link', 41).toString('base64url');
const BROWSER = fixed('browser link', 25).toString('base64url');
const OTHER_KEY = fixed('other fragment', 16).toString('base64url');
const KEY = fixed('fragment', 16).toString('base64url');

export function makeLinkVectors(): LinkVectors {
  return {
    cases: [
      server('server seal', `/m/${SERVER}`),
      server('trailing slash', `/m/${SERVER}/`),
      server('tail in the path', `/m/${SERVER}%3Futm_source=mail`),
      server('tail with an ampersand', `/m/${SERVER}&fbclid=abc`),
      server('slash and tail', `/m/${SERVER}/?utm_source=mail`),
      server('something behind # in the tail', `/m/${SERVER}?utm_campaign=%23sale`),
      server('a fragment that the server never sees', `/m/${SERVER}`, '#top'),
      browser('browser seal', `/m/${BROWSER}`, `#${KEY}`),
      browser('trailing slash', `/m/${BROWSER}/`, `#${KEY}`),
      browser('# percent-encoded into the path', `/m/${BROWSER}%23${KEY}`),
      browser('# decoded in the path', `/m/${BROWSER}#${KEY}`),
      browser('slash before the encoded #', `/m/${BROWSER}/%23${KEY}`),
      browser('slash after the encoded fragment', `/m/${BROWSER}%23${KEY}/`),
      browser('encoded # and a tail', `/m/${BROWSER}%23${KEY}?utm_medium=email&utm_id=1`),
      browser('encoded # and an encoded tail', `/m/${BROWSER}%23${KEY}%3futm_medium=email`),
      browser('tail before the encoded #', `/m/${BROWSER}?utm_source=x%23${KEY}`),
      browser('encoded # and another tail behind a tail', `/m/${BROWSER}?a=b%23${KEY}&fbclid=x`),
      browser(
        'something else behind # in the tail',
        `/m/${BROWSER}?utm_campaign=%23sale`,
        `#${KEY}`,
      ),
      browser(
        'key behind something else in the tail',
        `/m/${BROWSER}?utm_campaign=%23sale%23${KEY}`,
      ),
      browser('a key in the tail gives way to #', `/m/${BROWSER}?x%23${OTHER_KEY}`, `#${KEY}`),
      browser('tail after the fragment', `/m/${BROWSER}`, `#${KEY}?utm_source=mail`),
      browser('ampersand after the fragment', `/m/${BROWSER}`, `#${KEY}&fbclid=IwAR0`),
      browser('encoded tail after the fragment', `/m/${BROWSER}`, `#${KEY}%26mc_cid=1`),
      browser('key in the path, empty #', `/m/${BROWSER}%23${KEY}`, '#'),
      { ...browser('no fragment', `/m/${BROWSER}`), messageKey: null },
      {
        ...browser('no fragment, something behind # in the tail', `/m/${BROWSER}?utm=%23sale`),
        messageKey: null,
      },
      { ...browser('empty fragment', `/m/${BROWSER}`, '#'), messageKey: null },
      { ...browser('a tail alone for a fragment', `/m/${BROWSER}`, '#?utm=1'), messageKey: null },
    ],
    refused: [
      refused('another path', `/n/${BROWSER}`, `#${KEY}`),
      refused('path in capitals', `/M/${BROWSER}`, `#${KEY}`),
      refused('status path', `/s/${BROWSER}`),
      refused('no token', '/m/', `#${KEY}`),
      refused('path without a slash', '/m'),
      refused('text before the path', `/x/m/${BROWSER}`),
      refused('two slashes at the end', `/m/${BROWSER}//`),
      refused('something below the token', `/m/${BROWSER}/x`),
      refused('token one character short', `/m/${BROWSER.slice(1)}`, `#${KEY}`),
      refused('token one character long', `/m/${BROWSER}A`, `#${KEY}`),
      refused('server token one character short', `/m/${SERVER.slice(1)}`),
      refused('token with padding', `/m/${BROWSER.slice(0, -1)}=`, `#${KEY}`),
      refused('token with spare bits', `/m/${withSpareBit(BROWSER)}`, `#${KEY}`),
      refused('server token with spare bits', `/m/${withSpareBit(SERVER)}`),
      refused('token percent-encoded', `/m/%41${BROWSER.slice(1)}`, `#${KEY}`),
      refused('dot after the token', `/m/${BROWSER}.`, `#${KEY}`),
      refused('server seal with a key in the path', `/m/${SERVER}%23${KEY}`),
      refused('key one character short', `/m/${BROWSER}`, `#${KEY.slice(1)}`),
      refused('key one character long', `/m/${BROWSER}`, `#${KEY}A`),
      refused('key with padding', `/m/${BROWSER}`, `#${KEY}==`),
      refused('key with spare bits', `/m/${BROWSER}`, `#${withSpareBit(KEY)}`),
      refused('dot after the key', `/m/${BROWSER}`, `#${KEY}.`),
      refused('key in the path cut short', `/m/${BROWSER}%23${KEY.slice(1)}`),
      refused('a key in the path and one after #', `/m/${BROWSER}%23${KEY}`, `#${KEY}`),
      refused('# encoded twice', `/m/${BROWSER}%2523${KEY}`),
      refused('two fragments', `/m/${BROWSER}`, `#${KEY}#${KEY}`),
      refused('another sign in place of #', `/m/${BROWSER}`, `!${KEY}`),
      refused('fragment without #', `/m/${BROWSER}`, KEY),
    ],
  };
}

function server(name: string, pathname: string, hash = '') {
  return { name, pathname, hash, seal: 'server', linkToken: SERVER, messageKey: null };
}

function browser(name: string, pathname: string, hash = '') {
  const messageKey = Buffer.from(KEY, 'base64url').toString('hex');
  return { name, pathname, hash, seal: 'browser', linkToken: BROWSER, messageKey };
}

function refused(name: string, pathname: string, hash = '') {
  return { name, pathname, hash };
}

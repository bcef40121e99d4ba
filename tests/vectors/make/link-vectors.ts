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
      server('dot behind', `/m/${SERVER}.`),
      server('bracket and comma behind', `/m/${SERVER}),`),
      server('space behind, encoded', `/m/${SERVER}%20`),
      server('every closing mark behind', `/m/${SERVER}!"')*,.:;>\\]\`|}~ \t\n\v\f\r…»`),
      server(
        'every closing mark behind, encoded',
        `/m/${SERVER}%21%22%27%29%2A%2C%2E%3A%3B%3E%5C%5D%60%7C%7D%7E%20%09%0A%0B%0C%0D%e2%80%9D`,
      ),
      server('slash and dot behind', `/m/${SERVER}/.`),
      server('dot before a tail', `/m/${SERVER}.?utm_source=mail`),
      browser('dot behind the key', `/m/${BROWSER}`, `#${KEY}.`),
      browser('bracket behind the token', `/m/${BROWSER}>`, `#${KEY}`),
      browser('quotation mark behind the key, encoded', `/m/${BROWSER}`, `#${KEY}%E2%80%9D`),
      browser('encoded #, dot behind', `/m/${BROWSER}%23${KEY}.`),
      browser('key in the tail, bracket behind', `/m/${BROWSER}?utm=x%23${KEY})`),
      browser('dot before a tail', `/m/${BROWSER}`, `#${KEY}.?utm_source=mail`),
      { ...browser('no fragment', `/m/${BROWSER}`), messageKey: null },
      { ...browser('no fragment, dot behind', `/m/${BROWSER}.`, '#.'), messageKey: null },
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
      refused('dot before the token', `/m/.${BROWSER}`, `#${KEY}`),
      refused('dot in the token', `/m/${BROWSER.slice(0, 9)}.${BROWSER.slice(9)}`, `#${KEY}`),
      refused('a letter behind the dot', `/m/${BROWSER}.x`, `#${KEY}`),
      refused('a letter as a code behind the token', `/m/${BROWSER}%41`, `#${KEY}`),
      refused('a plus behind the token', `/m/${BROWSER}+`, `#${KEY}`),
      refused('an opening bracket behind the token', `/m/${BROWSER}(`, `#${KEY}`),
      refused('dot for the last of the token', `/m/${BROWSER.slice(0, -1)}.`, `#${KEY}`),
      refused('server seal with a key in the path', `/m/${SERVER}%23${KEY}`),
      refused('key one character short', `/m/${BROWSER}`, `#${KEY.slice(1)}`),
      refused('key one character long', `/m/${BROWSER}`, `#${KEY}A`),
      refused('key with padding', `/m/${BROWSER}`, `#${KEY}==`),
      refused('key with spare bits', `/m/${BROWSER}`, `#${withSpareBit(KEY)}`),
      refused('dot before the key', `/m/${BROWSER}`, `#.${KEY}`),
      refused('dot for the last of the key', `/m/${BROWSER}`, `#${KEY.slice(0, -1)}.`),
      refused('a letter as a code behind the key', `/m/${BROWSER}`, `#${KEY}%41`),
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

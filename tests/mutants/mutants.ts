/**
 * Forty ways to break a promise with one line. Each names the guarantee that goes with it and the
 * test files that must notice. A text stands in its file exactly once (`mutants.test.ts` looks), so
 * whoever moves or rewrites such a line moves its entry with it.
 */

export interface Mutant {
  /** What holds no more. */
  readonly breaks: string;
  readonly file: string;
  readonly text: string;
  readonly becomes: string;
  /** Test files that must fail by it. */
  readonly tests: readonly string[];
}

const INTEGRATION = 'tests/integration';
const UNIT = 'tests/unit';
const SEALED = 'lib/sealed';
const REQUESTS = 'lib/requests';
const ACCOUNTS = 'lib/accounts';
const PROTOCOL = 'lib/protocol';

const OPENING = [`${INTEGRATION}/opened-once.test.ts`, `${INTEGRATION}/endings.test.ts`];
const STATES = `${INTEGRATION}/states/states.test.ts`;
const LIMITS = `${INTEGRATION}/operations/limits.test.ts`;
const ACCESS = `${INTEGRATION}/operations/who-may-do-what.test.ts`;

export const MUTANTS: readonly Mutant[] = [
  // The claim of a message.
  {
    breaks: 'a nonce other than the opener’s opens nothing that was claimed',
    file: `${SEALED}/item.ts`,
    text: `i.state = 'CLAIMED' AND i.claim_nonce_hash = \${bytea(nonceHash)}`,
    becomes: `i.state = 'CLAIMED' AND i.claim_nonce_hash IS DISTINCT FROM \${bytea(nonceHash)}`,
    tests: OPENING,
  },
  {
    breaks: 'a claim is repeated within its lease alone',
    file: `${SEALED}/item.ts`,
    text: '`(i.lease_until > clock_timestamp()',
    becomes: '`(i.lease_until IS NOT NULL',
    tests: [...OPENING, STATES],
  },
  {
    breaks: 'nothing opens once its time is over',
    file: `${SEALED}/item.ts`,
    text: `i.state = 'SEALED' AND i.expires_at > clock_timestamp()\``,
    becomes: `i.state = 'SEALED'\``,
    tests: OPENING,
  },
  {
    breaks: 'what was acknowledged is erased',
    file: `${SEALED}/item.ts`,
    text: '  wrapped_ciphertext = NULL,\n  passphrase_salt',
    becomes: '  passphrase_salt',
    tests: [`${INTEGRATION}/erased-means-erased.test.ts`, ...OPENING],
  },
  {
    breaks: 'the knock proof is asked for before anything is said of a browser-sealed message',
    file: `${SEALED}/item.ts`,
    text: '\n    AND i.knock_verifier = ${bytea(knockVerifier)}`',
    becomes: ' AND ${bytea(knockVerifier)} IS NOT NULL`',
    tests: [`${INTEGRATION}/wrong-passphrases.test.ts`, ...OPENING],
  },
  {
    breaks: 'the tenth wrong passphrase burns a message',
    file: `${SEALED}/claim.ts`,
    text: 'i.wrong_passphrases + 1 >= ${WRONG_PASSPHRASE_LIMIT}::int THEN',
    becomes: 'i.wrong_passphrases >= ${WRONG_PASSPHRASE_LIMIT}::int THEN',
    tests: [`${INTEGRATION}/wrong-passphrases.test.ts`],
  },
  {
    breaks: 'a wrong passphrase is counted on a row that was authenticated alone',
    file: `${SEALED}/claim.ts`,
    text: 'WHEN NOT ${isJudged(proof.authenticated)} THEN',
    becomes: 'WHEN false AND NOT ${isJudged(proof.authenticated)} THEN',
    tests: [`${INTEGRATION}/tampered-rows.test.ts`],
  },
  {
    breaks: 'a repeated claim can’t be undone',
    file: `${SEALED}/claim.ts`,
    text: 'AND i.xmin::text = ${claimed.version}',
    becomes: 'AND ${claimed.version}::text IS NOT NULL',
    tests: [STATES, `${INTEGRATION}/restored-database.test.ts`, ...OPENING],
  },
  {
    breaks: 'a sender destroys from their list what is theirs alone',
    file: 'lib/dashboard/operations.ts',
    text: 'AND i.sender_id = ${senderId}::uuid`',
    becomes: 'AND ${senderId}::uuid IS NOT NULL`',
    tests: [`${INTEGRATION}/sending-signed-in.test.ts`],
  },

  // The history, by which a restored database is noticed.
  {
    breaks: 'a database behind its mark opens nothing',
    file: 'lib/server/history/history-conditions.ts',
    text: '(SELECT h.endings < ${expectedEndings}::bigint FROM history h)',
    becomes: '(SELECT h.endings < 0 AND ${expectedEndings}::bigint > 0 FROM history h)',
    tests: [`${INTEGRATION}/restored-database.test.ts`],
  },
  {
    breaks: 'what is older than a restored database’s return stays closed',
    file: 'lib/server/history/history-conditions.ts',
    text: '<= (SELECT refused_before FROM history), false)',
    becomes: "< (SELECT refused_before - interval '1 year' FROM history), false)",
    tests: [`${INTEGRATION}/restored-database.test.ts`],
  },
  {
    breaks: 'an ending is counted where it is made',
    file: 'lib/server/history/history-conditions.ts',
    text: `located.verdict IN ('claim', 'burn', 'end')`,
    becomes: `located.verdict IN ('burn', 'end')`,
    tests: [`${INTEGRATION}/restored-database.test.ts`, ...OPENING],
  },
  {
    breaks: 'the mark never goes back',
    file: 'lib/server/history/mark-file.ts',
    text: 'present.endings >= mark.endings',
    becomes: 'present.endings < 0n',
    tests: [`${INTEGRATION}/restored-database.test.ts`],
  },
  {
    breaks: 'a database that is behind is noticed',
    file: 'lib/server/history/history-guard.ts',
    text: 'mark.endings <= row.endings)',
    becomes: 'mark.endings >= row.endings)',
    tests: [`${INTEGRATION}/restored-database.test.ts`],
  },

  // Replies and requests.
  {
    breaks: 'a claimed reply is its opener’s alone',
    file: `${SEALED}/item.ts`,
    text: 'AND i.claimed_by_id IS NOT DISTINCT FROM ${accountId}::uuid)',
    becomes: "AND ${accountId}::text IS DISTINCT FROM '')",
    tests: [`${INTEGRATION}/requests/replies.test.ts`, `${INTEGRATION}/requests/access.test.ts`],
  },
  {
    breaks: 'only a reader claims a reply',
    file: `${REQUESTS}/access.ts`,
    text: 'AND own.account_id = ${accountId}::uuid\n      AND EXISTS',
    becomes: 'AND ${accountId}::uuid IS NOT NULL\n      AND EXISTS',
    tests: [`${INTEGRATION}/requests/access.test.ts`],
  },
  {
    breaks: 'the last place is taken once',
    file: `${REQUESTS}/rows.ts`,
    text: '${PLACES_TAKEN} >= r.replies_allowed',
    becomes: '${PLACES_TAKEN} > r.replies_allowed',
    tests: [`${INTEGRATION}/requests/replies.test.ts`],
  },
  {
    breaks: 'an expired request takes no reply',
    file: `${REQUESTS}/rows.ts`,
    text: `WHEN r.expires_at <= clock_timestamp() THEN 'expired'`,
    becomes: `WHEN r.expires_at IS NULL THEN 'expired'`,
    tests: [`${INTEGRATION}/requests/replies.test.ts`],
  },
  {
    breaks: 'what a reader’s own vault wrapped is never replaced',
    file: `${REQUESTS}/readers.ts`,
    text: 'AND octet_length(own.sealed_seed) <> ${SEALED_SEED_BYTES.own}::int`',
    becomes: 'AND ${SEALED_SEED_BYTES.own}::int > 0`',
    tests: [`${INTEGRATION}/requests/keys.test.ts`, `${INTEGRATION}/requests/access.test.ts`],
  },
  {
    breaks: 'somebody who can read a request remains',
    file: `${REQUESTS}/readers.ts`,
    text: 'other.request_id = rr.request_id AND other.account_id <> rr.account_id)',
    becomes: 'other.request_id = rr.request_id)',
    tests: [`${INTEGRATION}/requests/access.test.ts`],
  },
  {
    breaks: 'an extension is as long as was chosen',
    file: `${REQUESTS}/policy.ts`,
    text: 'const expiresAtMs = nowMs + lifetime * 1000;',
    becomes: 'const expiresAtMs = nowMs + lifetime * 1000 + 86_400_000; lifetime += 86_400;',
    tests: [`${INTEGRATION}/lifetimes.test.ts`],
  },
  {
    breaks: 'a request is kept for thirty days more and no longer',
    file: `${REQUESTS}/policy.ts`,
    text: 'keepUntilMs: expiresAtMs + KEEP_LIFETIME * 1000',
    becomes: 'keepUntilMs: expiresAtMs + KEEP_LIFETIME * 1000 + 86_400_000',
    tests: [`${INTEGRATION}/lifetimes.test.ts`],
  },

  // Limits and access.
  {
    breaks: 'an address is held to its limit, whoever calls',
    file: 'lib/server/operation.ts',
    text: 'if (!(await isWithinLimits(operation.limit, sent.bytes))) {',
    becomes: 'if (await isWithinLimits(operation.limit, sent.bytes).then(() => false)) {',
    tests: [LIMITS],
  },
  {
    breaks: 'an address is held to the kilobytes that it stores',
    file: 'lib/server/operation.ts',
    text: 'return held.every(Boolean);',
    becomes: 'return held[0];',
    tests: [LIMITS],
  },
  {
    breaks: 'each further recipient counts as a message',
    file: 'lib/sealed/sending.ts',
    text: 'return more < 1 ||',
    becomes: 'return more < 100 ||',
    tests: [LIMITS],
  },
  {
    breaks: 'a page that reads is within the limit of its address',
    file: 'lib/server/read-for-page.ts',
    text: 'if (await withinLimit(limit, clientAddress())) return',
    becomes: 'if (await withinLimit(limit, clientAddress()).then(() => true)) return',
    tests: [LIMITS],
  },
  {
    breaks: 'a limit refuses where it is reached',
    file: 'lib/server/limits.ts',
    text: 'if (isRefusal(refusal)) return false;',
    becomes: 'if (isRefusal(refusal)) return true;',
    tests: [LIMITS],
  },
  {
    breaks: 'what is for owners is not done for members',
    file: 'lib/server/accounts/current-staff.ts',
    text: `rule === 'member' || role === 'OWNER'`,
    becomes: `rule === 'member' || role !== 'OWNER' || role === 'OWNER'`,
    tests: [ACCESS],
  },
  {
    breaks: 'where members may send nobody else does',
    file: 'lib/sealed/sending-policy.ts',
    text: `policy.whoMaySend === 'members' && !isStaff`,
    becomes: `policy.whoMaySend === 'members' && isStaff`,
    tests: [ACCESS, `${UNIT}/sealed/sending-policy.test.ts`],
  },
  {
    breaks: 'the salt of an unknown address is as constant as a known one’s',
    file: `${ACCOUNTS}/sign-in.ts`,
    text: '.update(email).digest()',
    becomes: '.update(email + String(Math.random())).digest()',
    tests: [ACCESS],
  },

  // Accounts.
  {
    breaks: 'a session ends with its time',
    file: `${ACCOUNTS}/sessions.ts`,
    text: 's.expires_at > clock_timestamp() AND ',
    becomes: '',
    tests: [
      `${INTEGRATION}/accounts/own-account.test.ts`,
      `${INTEGRATION}/accounts/ways-in.test.ts`,
      `${INTEGRATION}/accounts/sign-in.test.ts`,
    ],
  },
  {
    breaks: 'a code of the app counts once',
    file: `${ACCOUNTS}/second-factor.ts`,
    text: 'coalesce(totp_last_step, -1) < ${found.step}::bigint',
    becomes: 'coalesce(totp_last_step, -1) <= ${found.step}::bigint',
    tests: [`${INTEGRATION}/accounts/second-factor.test.ts`],
  },
  {
    breaks: 'a recovery link works once',
    file: `${ACCOUNTS}/recovery-links.ts`,
    text: '${bytea(tokenHash)} AND r.used_at IS NULL',
    becomes: '${bytea(tokenHash)}',
    tests: [`${INTEGRATION}/accounts/recovery.test.ts`],
  },
  {
    breaks: 'an owner remains',
    file: `${ACCOUNTS}/members.ts`,
    text: 'FROM owners WHERE id <> ${accountId}::uuid) > 0`',
    becomes: 'FROM owners WHERE id <> ${accountId}::uuid) >= 0`',
    tests: [`${INTEGRATION}/accounts/members.test.ts`, `${INTEGRATION}/account-races.test.ts`],
  },

  // The protocol.
  {
    breaks: 'a secret opens by the key that it commits to, and by no other',
    file: `${PROTOCOL}/ciphertext.ts`,
    text: `throw new ProtocolError('bad_commitment');`,
    becomes: `void ProtocolError;`,
    tests: [`${UNIT}/protocol/ciphertext.test.ts`, `${UNIT}/protocol/vectors.test.ts`],
  },
  {
    breaks: 'a link has one spelling',
    file: `${PROTOCOL}/bytes.ts`,
    text: `if ((bits & ((1 << bitCount) - 1)) !== 0) throw`,
    becomes: `if ((bits & ((1 << bitCount) - 1)) < 0) throw`,
    tests: [`${UNIT}/protocol/base64url.test.ts`],
  },
  {
    breaks: 'padding holds zeros and nothing else',
    file: `${PROTOCOL}/envelope.ts`,
    text: '.some((byte) => byte !== 0)) throw',
    becomes: '.some((byte) => byte < 0)) throw',
    tests: [`${UNIT}/protocol/padding.test.ts`],
  },
  {
    breaks: 'a passphrase costs what this version says',
    file: `${PROTOCOL}/passphrase.ts`,
    text: `throw new ProtocolError('bad_passphrase_cost');`,
    becomes: `void ProtocolError;`,
    tests: [`${UNIT}/protocol/passphrase.test.ts`],
  },

  // The browser.
  {
    breaks: 'the nonce of a claim whose answer was lost is used again',
    file: 'lib/browser/claim-memory.ts',
    text: `memory?.state === 'claiming' ? memory.nonce : fresh`,
    becomes: `memory?.state === 'claiming' ? fresh : fresh`,
    tests: [`${UNIT}/browser/claim-memory.test.ts`],
  },
  {
    breaks: 'a vault locks with its time, also where the clock was set back',
    file: 'lib/browser/vault/vault-memory.ts',
    text: 'unused >= 0 && unused < kept.lockAfterMs',
    becomes: 'unused < kept.lockAfterMs',
    tests: [`${UNIT}/browser/vault-memory.test.ts`],
  },
];

/** Who is looking at a page that was printed for everybody, and what they may send. */
import type { SendingPolicy } from '@/lib/accounts/sending-policy';

export interface Standing {
  /** null for everybody who is not signed in */
  readonly staff: { readonly name: string } | null;
  readonly policy: SendingPolicy;
  /** Whether this site can send mail. */
  readonly canMail: boolean;
}

/**
 * Asks the server. null when there is no answer: then the page stays as it was
 * printed, and the server decides when the form is sent.
 */
export async function readStanding(signal: AbortSignal): Promise<Standing | null> {
  try {
    const answer = await fetch('/api/standing', { cache: 'no-store', signal });
    const standing: unknown = answer.ok ? await answer.json() : null;
    return isStanding(standing) ? standing : null;
  } catch {
    return null;
  }
}

/** A page of an older or a newer deployment may be told something else. */
function isStanding(value: unknown): value is Standing {
  if (!isRecord(value) || !isRecord(value['policy'])) return false;
  const { staff, canMail } = value;
  const { whoMaySend, longestExpiry, passphraseRequired } = value['policy'];
  return (
    (staff === null || (isRecord(staff) && typeof staff['name'] === 'string')) &&
    typeof canMail === 'boolean' &&
    (whoMaySend === 'anyone' || whoMaySend === 'members') &&
    typeof longestExpiry === 'number' &&
    typeof passphraseRequired === 'boolean'
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Headers that every answer carries, whatever it is. */

const POTENTIALLY_TRUSTWORTHY = new Set(['localhost', '127.0.0.1', '[::1]']);

const CLOSED_FEATURES = [
  'accelerometer',
  'autoplay',
  'browsing-topics',
  'camera',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'geolocation',
  'gyroscope',
  'hid',
  'identity-credentials-get',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'usb',
  'xr-spatial-tracking',
];

/** Copying is what the pages do, and sharing, which they may by default; nothing else is asked of a device. */
const PERMISSIONS_POLICY = [
  ...CLOSED_FEATURES.map((feature) => `${feature}=()`),
  'clipboard-read=()',
  'clipboard-write=(self)',
].join(', ');

const TWO_YEARS = 63_072_000;

export function securityHeaders(appUrl: URL): Readonly<Record<string, string>> {
  const isHttps = appUrl.protocol === 'https:';
  // Over plain http beyond this machine browsers don't vouch for a form's site
  // (no Sec-Fetch-Site), so its origin must not be hidden by the referrer policy.
  const vouched = isHttps || POTENTIALLY_TRUSTWORTHY.has(appUrl.hostname);
  return {
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Origin-Agent-Cluster': '?1',
    'Permissions-Policy': PERMISSIONS_POLICY,
    'Referrer-Policy': vouched ? 'no-referrer' : 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'X-Permitted-Cross-Domain-Policies': 'none',
    'X-Robots-Tag': 'noindex, nofollow, noarchive, nosnippet',
    ...(isHttps ? { 'Strict-Transport-Security': `max-age=${TWO_YEARS}; includeSubDomains` } : {}),
  };
}

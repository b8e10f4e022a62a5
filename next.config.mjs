// Set by `npm run build`, which puts a brotli copy beside each script and style sheet once Next.js is done.
const precompressed = process.env.CABANA_PRECOMPRESS === 'true';

const acceptsBrotli = [{ type: 'header', key: 'accept-encoding', value: '.*\\bbr\\b.*' }];

const compressed = (extension, type) => ({
  source: `/_next/static/:file(.*\\.${extension})`,
  has: acceptsBrotli,
  headers: [
    { key: 'Content-Type', value: `${type}; charset=utf-8` },
    { key: 'Content-Encoding', value: 'br' },
    { key: 'Vary', value: 'Accept-Encoding' },
  ],
});

const always = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};

// Whatever is no page runs nothing. The middleware replaces it on pages by a policy with a nonce.
const noPage = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const headersOf = (source, fields) => ({
  source,
  headers: Object.entries(fields).map(([key, value]) => ({ key, value })),
});

// Those that depend on the configuration, which a build does not know, are set by the middleware and lib/http.
const security = [
  headersOf('/:path*', { ...always, 'Referrer-Policy': 'same-origin' }),
  headersOf('/((?!_next/static/|icon.svg$).*)', { 'Content-Security-Policy': noPage }),
  // Codes and states pass through these addresses.
  headersOf('/:handler(api/.*|sign-out)', { 'Referrer-Policy': 'no-referrer' }),
];

/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  // The development server prints addresses, and this one carries an authorization code.
  logging: { incomingRequests: { ignore: [/^\/api\/auth\/callback/] } },
  // The redirect would leave before the middleware and these headers; policies cover both spellings of an address.
  skipTrailingSlashRedirect: true,
  experimental: { authInterrupts: true },
  // `npm run typecheck` and `npm test` check every file once; the build only those of the application, again.
  typescript: { ignoreBuildErrors: true },
  // No page needs resized images, and the optimizer fetches what a stranger names.
  images: { unoptimized: true },
  // docs/decisions/006-brotli-at-build-time.md
  headers: () => [
    ...security,
    ...(precompressed ? [compressed('js', 'text/javascript'), compressed('css', 'text/css')] : []),
  ],
  rewrites: () => ({
    beforeFiles: precompressed
      ? [
          {
            source: '/_next/static/:file(.*\\.(?:js|css))',
            has: acceptsBrotli,
            destination: '/_next/static/:file.br',
          },
        ]
      : [],
    fallback: [{ source: '/api/:path*', destination: '/api/not-found' }],
  }),
};

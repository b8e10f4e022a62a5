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

/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  experimental: { authInterrupts: true },
  // `npm run typecheck` and `npm test` check every file once; the build only those of the application, again.
  typescript: { ignoreBuildErrors: true },
  // No page needs resized images, and the optimizer fetches what a stranger names.
  images: { unoptimized: true },
  // docs/decisions/006-brotli-at-build-time.md
  headers: () => (precompressed ? [compressed('js', 'text/javascript'), compressed('css', 'text/css')] : []),
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
  }),
};

/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  // No page needs resized images, and the optimizer fetches what a stranger names.
  images: { unoptimized: true },
  experimental: { authInterrupts: true },
  // `npm run typecheck` and `npm test` check every file once; the build only those of the application, again.
  typescript: { ignoreBuildErrors: true },
};

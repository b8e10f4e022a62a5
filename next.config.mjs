/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  experimental: { authInterrupts: true },
  // `npm run typecheck` and `npm test` check every file once; the build only those of the application, again.
  typescript: { ignoreBuildErrors: true },
};

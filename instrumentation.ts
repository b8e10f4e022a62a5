/** Called by Next.js once at start. */
export async function register(): Promise<void> {
  // A constant of the build rather than a setting: it keeps `process.exit` out of the edge bundle.
  if (process.env.NEXT_RUNTIME === 'nodejs') (await import('#lib/check-config.ts')).checkConfig();
}

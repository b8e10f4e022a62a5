/** Called by Next.js once at start. */
export async function register(): Promise<void> {
  // A constant of the build rather than a setting: it keeps `process.exit` and the database out of the edge bundle.
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  (await import('#lib/check-config.ts')).checkConfig();
  (await import('#lib/http/undecodable-path.ts')).takeUndecodablePathsLiterally();
  const { tokenUsage } = await import('#lib/machine/process-tokens.ts');
  // What cannot be written now is lost, and is in the log.
  const finish = () =>
    tokenUsage()
      .write()
      .catch(() => undefined);
  (await import('#lib/http/drain.ts')).drainOnTermination(finish);
  // Brings the tables up to date. A database that is down is in the log, and is asked again by the first who needs it.
  await (await import('#lib/data/database.ts')).database().reachable();
}

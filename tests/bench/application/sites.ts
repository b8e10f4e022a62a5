import { execFile } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bin, root } from '../../../scripts/lib/processes.ts';
import { type ServerProcess, startServer } from '../server-process.ts';

/** The same page three times: behind our gate, behind a middleware that does nothing, behind next-auth's own. */
export const siteNames = ['ours', 'passThrough', 'nextAuth'] as const;
export type SiteName = (typeof siteNames)[number];

/** A site of the API stands beside them: a route that is loaded too makes every page of its process slower. */
type AnySite = SiteName | 'api';

const folders: Record<AnySite, string> = {
  ours: 'ours',
  passThrough: 'pass-through',
  nextAuth: 'next-auth',
  api: 'api',
};

/** Files of the application itself that a site has. */
const taken: Partial<Record<AnySite, string[]>> = {
  ours: ['middleware.ts', 'instrumentation.ts'],
  api: ['middleware.ts', 'instrumentation.ts', 'app/api/v1/me/route.ts'],
};

// Inside the repository, because Next.js looks for its packages, and for `#lib`, in the folders above a site.
const sites = join(root, '.cabana', 'bench');
const folderOf = (name: AnySite): string => join(sites, folders[name]);
const execute = promisify(execFile);
const next = bin('next', 'dist/bin/next');

const bare = {
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  NODE_ENV: 'production',
  NEXT_TELEMETRY_DISABLED: '1',
} as const;

/**
 * Builds all sites. They share the application's own `next.config.mjs`; three have the same layout and page, of which one
 * has the application's own middleware. The fourth has that too, and one route of the API.
 * @throws Error with what Next.js says, when one does not build
 */
export async function buildSites(): Promise<void> {
  rmSync(sites, { recursive: true, force: true });
  cpSync(join(import.meta.dirname, 'sites'), sites, { recursive: true });
  for (const name of Object.keys(folders) as AnySite[]) {
    for (const file of taken[name] ?? []) cpSync(join(root, file), join(folderOf(name), file));
    cpSync(join(root, 'next.config.mjs'), join(folderOf(name), 'next.config.mjs'));
    await execute(process.execPath, [next, 'build'], { cwd: folderOf(name), env: bare });
  }
}

/** Builds the application itself, unless its build is of the present sources. @throws Error with what Next.js says */
export async function buildApplication(): Promise<void> {
  await execute(process.execPath, [join(root, 'scripts', 'build.ts')], { cwd: root });
}

/**
 * Starts a built site on a free port.
 * @param environment its configuration
 * @param flags of Node.js, before the program
 */
export const startSite = (
  name: AnySite,
  environment: Record<string, string>,
  flags: string[] = [],
): Promise<ServerProcess> =>
  startServer(
    [...flags, next, 'start', '--port', '0'],
    { cwd: folderOf(name), env: { ...bare, ...environment } },
    /Local:\s+http:\/\/localhost:(\d+)[\s\S]*Ready/,
  );

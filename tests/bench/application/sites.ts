import { execFile } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bin, root } from '../../../scripts/lib/processes.ts';
import { type ServerProcess, startServer } from '../server-process.ts';

/** The same page three times: behind our gate, behind a middleware that does nothing, behind next-auth's own. */
export const siteNames = ['ours', 'passThrough', 'nextAuth'] as const;
export type SiteName = (typeof siteNames)[number];

const folders: Record<SiteName, string> = {
  ours: 'ours',
  passThrough: 'pass-through',
  nextAuth: 'next-auth',
};

// Inside the repository, because Next.js looks for its packages, and for `#lib`, in the folders above a site.
const sites = join(root, '.cabana', 'bench');
const folderOf = (name: SiteName): string => join(sites, folders[name]);
const execute = promisify(execFile);
const next = bin('next', 'dist/bin/next');

const bare = {
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  NODE_ENV: 'production',
  NEXT_TELEMETRY_DISABLED: '1',
} as const;

/**
 * Builds the three sites. They share a layout, a page and the application's own `next.config.mjs`; one has the
 * application's own middleware, and one route of its API.
 * @throws Error with what Next.js says, when one does not build
 */
export async function buildSites(): Promise<void> {
  rmSync(sites, { recursive: true, force: true });
  cpSync(join(import.meta.dirname, 'sites'), sites, { recursive: true });
  for (const file of ['middleware.ts', 'instrumentation.ts', 'app/api/v1/me/route.ts'])
    cpSync(join(root, file), join(folderOf('ours'), file));
  for (const name of siteNames) {
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
  name: SiteName,
  environment: Record<string, string>,
  flags: string[] = [],
): Promise<ServerProcess> =>
  startServer(
    [...flags, next, 'start', '--port', '0'],
    { cwd: folderOf(name), env: { ...bare, ...environment } },
    /Local:\s+http:\/\/localhost:(\d+)[\s\S]*Ready/,
  );

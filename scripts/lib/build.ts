import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { precompress } from './precompress.ts';
import { bin, root, run, say, stop } from './processes.ts';

const stamp = join(root, '.next', 'cabana-sources');
const sources = ['app/**/*', 'lib/**/*', '*.ts', '*.mjs', 'package-lock.json', 'tsconfig.json'];

function fingerprint(): string {
  const hash = createHash('sha256');
  const files = globSync(sources, { cwd: root, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const path of files.map((file) => join(file.parentPath, file.name)).sort()) {
    hash.update(path).update(readFileSync(path));
  }
  return hash.digest('hex');
}

/** @returns whether there is a build to serve */
export const isBuilt = (): boolean => existsSync(join(root, '.next', 'BUILD_ID'));

/** Builds the application, unless the last build was made from the same sources. */
export async function buildWhenStale(): Promise<void> {
  const wanted = fingerprint();
  if (isBuilt() && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('Building the application …');
  const env = { ...process.env, CABANA_PRECOMPRESS: 'true' };
  if ((await run([bin('next', 'dist/bin/next'), 'build'], env)) !== 0)
    stop('The build failed; the reason is above.');
  precompress();
  writeFileSync(stamp, wanted);
}

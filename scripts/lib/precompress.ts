import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { root } from './processes.ts';

/** Puts a brotli copy beside every script and style sheet of the build; `next.config.mjs` serves it. */
export function precompress(): void {
  for (const file of globSync('.next/static/**/*.{js,css}', { cwd: root })) {
    const path = join(root, file);
    const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
    writeFileSync(`${path}.br`, brotliCompressSync(readFileSync(path), { params }));
  }
}

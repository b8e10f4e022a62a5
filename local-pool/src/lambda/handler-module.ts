import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Handler } from './call-handler.ts';

const EXTENSIONS = ['ts', 'mts', 'js', 'mjs'];

/** The function's name in its ARN, with or without a version or alias; undefined for what is no such ARN. */
export function functionNameOf(functionArn: string): string | undefined {
  return /^arn:[\w-]+:lambda:[\w-]+:\d*:function:([\w-]+)(?::[\w$-]+)?$/.exec(functionArn)?.[1];
}

/**
 * Finds the source of a function in a folder: `name.ts` or `name/index.ts`, likewise with mts, js and mjs.
 * @param functionName of letters, digits, `-` and `_`: no path
 */
export function findHandlerModule(folder: string, functionName: string): string | undefined {
  return [join(folder, functionName), join(folder, functionName, 'index')]
    .flatMap((stem) => EXTENSIONS.map((extension) => `${stem}.${extension}`))
    .find((path) => existsSync(path));
}

/** Imports a function. @throws Error of its module, or in Lambda's words that it is not there. */
export async function importHandler(modulePath: string, exportName: string): Promise<Handler> {
  const module: Record<string, unknown> = await import(pathToFileURL(modulePath).href);
  const handler = module[exportName];
  if (typeof handler === 'function') return handler as Handler;
  throw new TypeError(`${exportName} is undefined or not exported`);
}

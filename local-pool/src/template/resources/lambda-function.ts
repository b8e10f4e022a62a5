import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { StartError } from '../../errors.ts';
import type { TriggerFunction } from '../../triggers.ts';
import { accountId, region } from '../identifiers.ts';
import { count, texts } from '../property-types.ts';

/** `Code` is a folder beside the template, which `aws cloudformation package` uploads. */
export const lambdaFunctionProperties = z.strictObject({
  FunctionName: z
    .string()
    .regex(/^[\w-]{1,64}$/, 'must be letters, digits, - and _')
    .optional(),
  Description: z.string().optional(),
  Code: z.string({ error: 'must be a folder beside the template' }),
  Handler: z.string().regex(/^[\w./-]+\.\w+$/, 'must be file.function'),
  Runtime: z.string(),
  Role: z.string(),
  Architectures: texts.optional(),
  MemorySize: count.optional(),
  Timeout: count.optional(),
});

const extensions = ['.ts', '.mts', '.js', '.mjs'];

export const lambdaArn = (name: string): string => `arn:aws:lambda:${region}:${accountId}:function:${name}`;

/**
 * Finds the handler's source: the file that is bundled for Lambda is the file that runs here.
 * @throws StartError when there is none
 */
export function triggerFunctionOf(
  logicalId: string,
  name: string,
  templateFolder: string,
  { Code, Handler }: z.infer<typeof lambdaFunctionProperties>,
): TriggerFunction {
  const dot = Handler.lastIndexOf('.');
  const base = join(templateFolder, Code, Handler.slice(0, dot));
  const modulePath = extensions.map((extension) => `${base}${extension}`).find((path) => existsSync(path));
  if (!modulePath)
    throw new StartError(`${logicalId}.Handler: there is no source file ${base}${extensions[0]}.`);
  return { name, modulePath, exportName: Handler.slice(dot + 1) };
}

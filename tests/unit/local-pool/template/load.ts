import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadTemplate } from '../../../../local-pool/src/template/load-template.ts';
import type { Stack } from '../../../../local-pool/src/template/stack.ts';

export const baseUrl = 'http://localhost:9229';

/** Loads a template that is written in the test. */
export function load(text: string, parameters: Record<string, string> = {}): Stack {
  const folder = mkdtempSync(join(tmpdir(), 'cabana-'));
  try {
    const file = join(folder, 'template.yaml');
    writeFileSync(file, text);
    return loadTemplate(file, parameters, baseUrl);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A template of one user pool whose name is the value given: what an intrinsic function makes of it shows there. */
export function nameOf(
  value: string,
  rest = '',
  parameters: Record<string, string> = {},
): string | undefined {
  const text = `${rest}\nResources:\n  Pool:\n    Type: AWS::Cognito::UserPool\n    Properties:\n      UserPoolName: ${value}\n`;
  return load(text, parameters).userPools[0]?.name;
}

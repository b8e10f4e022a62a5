import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appClientOf } from '../../../../local-pool/src/configuration/app-client-of.ts';
import { userPoolOf } from '../../../../local-pool/src/configuration/user-pool-of.ts';
import type { AppClient } from '../../../../local-pool/src/model/app-client.ts';
import type { UserPool } from '../../../../local-pool/src/model/user-pool.ts';
import { loadTemplate } from '../../../../local-pool/src/template/load-template.ts';
import type { Stack } from '../../../../local-pool/src/template/stack.ts';

export const baseUrl = 'http://localhost:9229';

/** A template's stack as the server runs it: its documents made into user pools and app clients. */
export interface LoadedStack extends Pick<Stack, 'groups' | 'functions' | 'identityPools'> {
  userPools: UserPool[];
  appClients: AppClient[];
}

/** Loads a template file. */
export function loadFile(file: string, parameters: Record<string, string> = {}): LoadedStack {
  const stack = loadTemplate(file, parameters);
  return {
    ...stack,
    userPools: stack.userPools.map((document) => userPoolOf(document, `${baseUrl}/${document.id}`)),
    appClients: stack.appClients.map(appClientOf),
  };
}

/** Loads a template that is written in the test. */
export function load(text: string, parameters: Record<string, string> = {}): LoadedStack {
  const folder = mkdtempSync(join(tmpdir(), 'cabana-'));
  try {
    const file = join(folder, 'template.yaml');
    writeFileSync(file, text);
    return loadFile(file, parameters);
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

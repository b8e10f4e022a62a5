import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/lib/processes.ts';
import { type PoolAndApp, startPoolAndApp } from '../support/local-pool.ts';

/** As docs/guides/cognito-fetch.md has it. */
const trigger = `export async function handler(event) {
  event.response = {
    claimsAndScopeOverrideDetails: {
      accessTokenGeneration: { scopesToAdd: ['openid', 'notes/read', 'notes/write'] },
    },
  };
  return event;
}
`;

/** The pool of infra/, whose trigger gives the scopes of the API to sign-ins by SRP as well; and the application. */
export async function startScopedPoolAndApp(): Promise<PoolAndApp> {
  const folder = mkdtempSync(join(tmpdir(), 'cabana-scoped-'));
  cpSync(join(root, 'infra'), folder, { recursive: true });
  rmSync(join(folder, 'triggers/pre-token-generation.ts'));
  writeFileSync(join(folder, 'triggers/pre-token-generation.mjs'), trigger);
  const started = await startPoolAndApp({
    template: join(folder, 'template.yaml'),
    users: join(folder, 'demonstration-users.yaml'),
  });
  return {
    ...started,
    async stop() {
      await started.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

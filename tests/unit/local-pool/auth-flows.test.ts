import { describe, expect, it } from 'vitest';
import { DEFAULT_AUTH_FLOWS } from '../../../local-pool/src/model/app-client.ts';
import { type PermittedFlow, permitsAuthFlow } from '../../../local-pool/src/model/auth-flows.ts';

const flows: PermittedFlow[] = [
  'USER_SRP_AUTH',
  'USER_PASSWORD_AUTH',
  'ADMIN_USER_PASSWORD_AUTH',
  'CUSTOM_AUTH',
  'USER_AUTH',
  'REFRESH_TOKEN_AUTH',
];

describe('ExplicitAuthFlows', () => {
  it.each<[string[], PermittedFlow[]]>([
    [DEFAULT_AUTH_FLOWS, ['USER_SRP_AUTH', 'CUSTOM_AUTH', 'REFRESH_TOKEN_AUTH']],
    [['ALLOW_USER_PASSWORD_AUTH'], ['USER_PASSWORD_AUTH']],
    [['ALLOW_ADMIN_USER_PASSWORD_AUTH'], ['ADMIN_USER_PASSWORD_AUTH']],
    [
      ['ALLOW_USER_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      ['USER_AUTH', 'REFRESH_TOKEN_AUTH'],
    ],
    [['USER_PASSWORD_AUTH'], ['USER_SRP_AUTH', 'USER_PASSWORD_AUTH', 'REFRESH_TOKEN_AUTH']],
    [['ADMIN_NO_SRP_AUTH'], ['USER_SRP_AUTH', 'ADMIN_USER_PASSWORD_AUTH', 'REFRESH_TOKEN_AUTH']],
    [['CUSTOM_AUTH_FLOW_ONLY'], ['CUSTOM_AUTH', 'REFRESH_TOKEN_AUTH']],
  ])('%j permit %j', (explicitAuthFlows, permitted) => {
    expect(flows.filter((flow) => permitsAuthFlow({ explicitAuthFlows }, flow))).toEqual(permitted);
  });
});

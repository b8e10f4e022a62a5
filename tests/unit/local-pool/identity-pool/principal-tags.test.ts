import { describe, expect, it } from 'vitest';
import type { IdentityPool } from '../../../../local-pool/src/identity-pool/identity-pool.ts';
import type { VerifiedLogin } from '../../../../local-pool/src/identity-pool/login.ts';
import { principalTagsOf } from '../../../../local-pool/src/identity-pool/principal-tags.ts';

const identityPool = (principalTags: IdentityPool['principalTags']): IdentityPool => ({
  id: 'us-east-1:00000000-0000-0000-0000-000000000000',
  name: 'people',
  allowUnauthenticated: false,
  tags: {},
  roles: {},
  roleMappings: {},
  principalTags,
});

const login = (provider: string, claims: Record<string, unknown>): VerifiedLogin => ({
  provider,
  developer: false,
  subject: 's',
  claims,
  roleMappingKey: provider,
  amr: [provider],
});

describe('principal tags', () => {
  it('are aud and sub by default mappings', () => {
    const pool = identityPool({ idp: { useDefaults: true, tags: {} } });
    expect(principalTagsOf(pool, [login('idp', { aud: 'client', sub: 'user' })])).toEqual({
      client: 'client',
      username: 'user',
    });
  });

  it('are the claims that a mapping names, without those that the token lacks or a tag cannot hold', () => {
    const tags = {
      dept: 'custom:dept',
      team: 'custom:team',
      groups: 'cognito:groups',
      long: 'long',
      proto: '__proto__',
    };
    const pool = identityPool({ idp: { useDefaults: false, tags } });
    const claims = { 'custom:dept': 'eng', 'cognito:groups': ['a'], long: 'x'.repeat(257) };
    expect(principalTagsOf(pool, [login('idp', claims)])).toEqual({ dept: 'eng' });
  });

  it('are of the first login whose provider has a mapping', () => {
    const pool = identityPool({ b: { useDefaults: false, tags: { who: 'sub' } } });
    expect(principalTagsOf(pool, [login('a', { sub: '1' }), login('b', { sub: '2' })])).toEqual({ who: '2' });
    expect(principalTagsOf(pool, [login('__proto__', { sub: '1' })])).toEqual({});
  });
});

import { pagePolicies } from '../../../lib/access/policies.ts';
import type { Policy } from '../../../lib/access/policy.ts';
import type { AppClientSubject } from '../app-clients.ts';
import { type Check, ok, problem } from '../finding.ts';

/** Cognito's standard attributes that a person can write (Cognito: user pool attributes). */
const standardAttributes = new Set([
  'address',
  'birthdate',
  'email',
  'family_name',
  'gender',
  'given_name',
  'locale',
  'middle_name',
  'name',
  'nickname',
  'phone_number',
  'picture',
  'preferred_username',
  'profile',
  'updated_at',
  'website',
  'zoneinfo',
]);

const policies: readonly Policy[] = Object.values(pagePolicies);
const gates = [...new Set(policies.flatMap(({ claims = [] }) => claims.map(({ claim }) => claim)))];

/** Without a list Cognito lets a client write whatever a person can write; the custom attributes count as well. */
const mayWrite = (attribute: string, list: readonly string[] | undefined): boolean =>
  list?.includes(attribute) ?? (attribute.startsWith('custom:') || standardAttributes.has(attribute));

/** What an app client may write, each person may write of themselves, with no more than an access token. */
export const gatingAttributes: Check<AppClientSubject> = {
  name: 'gating attributes',
  examine({ personal }) {
    const open = personal.flatMap(({ ClientId, WriteAttributes }) =>
      gates.filter((gate) => mayWrite(gate, WriteAttributes)).map((gate) => `${gate} through ${ClientId}`),
    );
    return open.length === 0
      ? ok(`nobody can write what pages are gated on (${gates.join(', ') || 'no claim'})`)
      : problem(
          `people can write what lib/access/policies.ts gates on: ${open.join(', ')}`,
          'Name in WriteAttributes what the app client may write, without these.',
        );
  },
};

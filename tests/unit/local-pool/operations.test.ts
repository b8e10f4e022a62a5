import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as identityPools from '@aws-sdk/client-cognito-identity';
import * as userPools from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../local-pool/src/aws-json/operation.ts';

const localPool = join(import.meta.dirname, '../../../local-pool');

const filesOf = (folder: string): string[] =>
  readdirSync(join(localPool, 'src', folder))
    .filter((file) => /^[A-Z]/.test(file))
    .map((file) => file.slice(0, -'.ts'.length));

const commandsOf = (sdk: object): string[] =>
  Object.keys(sdk)
    .filter((name) => /^[A-Z]\w+Command$/.test(name))
    .map((name) => name.slice(0, -'Command'.length));

/** What anyone may call without a signature (sections 3.1.2 and 5.1 of the behaviour notes). */
const unsigned = new Set(
  `AssociateSoftwareToken ChangePassword CompleteWebAuthnRegistration ConfirmDevice ConfirmForgotPassword ConfirmSignUp
  DeleteUser DeleteUserAttributes DeleteWebAuthnCredential ForgetDevice ForgotPassword GetDevice
  GetTokensFromRefreshToken GetUser GetUserAttributeVerificationCode GetUserAuthFactors GlobalSignOut InitiateAuth
  ListDevices ListWebAuthnCredentials ResendConfirmationCode RespondToAuthChallenge RevokeToken SetUserMFAPreference
  SetUserSettings SignUp StartWebAuthnRegistration UpdateAuthEventFeedback UpdateDeviceStatus UpdateUserAttributes
  VerifySoftwareToken VerifyUserAttribute GetId GetOpenIdToken GetCredentialsForIdentity
  UnlinkIdentity`.split(/\s+/),
);

describe.each([
  {
    folder: 'user-pool-api',
    sdk: userPools,
    load: (name: string): Promise<{ operation: Operation }> =>
      import(`../../../local-pool/src/user-pool-api/${name}.ts`),
  },
  {
    folder: 'identity-pool-api',
    sdk: identityPools,
    load: (name: string): Promise<{ operation: Operation }> =>
      import(`../../../local-pool/src/identity-pool-api/${name}.ts`),
  },
])('$folder', ({ folder, sdk, load }) => {
  it.each(filesOf(folder))('%s is an operation of the SDK, signed where AWS wants it', async (name) => {
    const { operation } = await load(name);
    expect(operation.signed).toBe(!unsigned.has(name));
    expect(typeof operation.run).toBe('function');
    expect(operation.input.safeParse('no object').success).toBe(false);
    expect(commandsOf(sdk)).toContain(name);
  });
});

it('the README names every operation of the SDK that is not there, and no other', () => {
  const readme = readFileSync(join(localPool, 'README.md'), 'utf8');
  const listed = /`UnknownOperationException`: ([\w,\s]+)\./.exec(readme)?.[1]?.split(/,\s+/) ?? [];
  const files = [...filesOf('user-pool-api'), ...filesOf('identity-pool-api')];
  const missing = [...commandsOf(userPools), ...commandsOf(identityPools)].filter(
    (name) => !files.includes(name),
  );
  expect(listed.toSorted()).toEqual(missing.toSorted());
});

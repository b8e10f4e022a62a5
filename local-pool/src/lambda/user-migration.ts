import { z } from 'zod';
import { CognitoError } from '../errors.ts';
import type { LocalPool } from '../local-pool.ts';
import type { AppClient } from '../model/app-client.ts';
import { createMigratedUser } from '../model/migrated-user.ts';
import type { User } from '../model/user.ts';
import { findUserByTypedName } from '../model/user-names.ts';
import { poolNameOf, type UserPool } from '../model/user-pool.ts';
import { fitsCredential } from '../srp/credential.ts';
import { flag, stringMap } from './answer-shapes.ts';
import { runTrigger } from './run-trigger.ts';

export type UserMigrationSource = 'UserMigration_Authentication' | 'UserMigration_ForgotPassword';

export interface MigrationAttempt {
  /** As it was typed. */
  username: string;
  /** Absent for a forgotten one. */
  password?: string | undefined;
  validationData?: Record<string, string> | undefined;
  clientMetadata?: Record<string, string> | undefined;
}

const answer = z.object({
  userAttributes: stringMap,
  finalUserStatus: z
    .enum(['CONFIRMED', 'RESET_REQUIRED'])
    .nullish()
    .transform((status) => status ?? 'RESET_REQUIRED'),
  messageAction: z.enum(['SUPPRESS', 'RESEND']).nullish(),
  desiredDeliveryMediums: z.array(z.enum(['EMAIL', 'SMS'])).nullish(),
  forceAliasCreation: flag,
  enableSMSMFA: flag,
});

/**
 * Asks the user migration trigger about someone whom the pool does not know, and takes them over: for a sign-in the
 * trigger has judged the password. The pool's password policy does not apply to it. No welcome message is sent,
 * whatever `messageAction` says: it would tell of a temporary password that there is none of.
 * @returns undefined without a trigger, when it does not know them either, and, at a client with
 *   PreventUserExistenceErrors, when it failed: they are then like any unknown user
 * @throws CognitoError UserNotFoundException when the trigger fails; InvalidParameterException, UsernameExistsException
 *   for a user who cannot be created (Cognito: Migrate user Lambda trigger).
 */
export async function runUserMigration(
  pool: LocalPool,
  userPool: UserPool,
  client: AppClient | undefined,
  source: UserMigrationSource,
  attempt: MigrationAttempt,
): Promise<User | undefined> {
  try {
    return await migrate(pool, userPool, client, source, attempt);
  } catch (error) {
    if (!(error instanceof CognitoError) || !client?.preventUserExistenceErrors) throw error;
    pool.log(`The user migration of app client ${client.clientId} failed: ${error.code}.`);
    return undefined;
  }
}

async function migrate(
  pool: LocalPool,
  userPool: UserPool,
  client: AppClient | undefined,
  source: UserMigrationSource,
  attempt: MigrationAttempt,
): Promise<User | undefined> {
  const { username, password, validationData = null, clientMetadata = {} } = attempt;
  const request = { ...(password !== undefined && { password }), validationData, clientMetadata };
  const call = { source, userName: username, request, response: { ...NOTHING_YET } };
  const found = await runTrigger(pool, userPool, client, 'UserMigration', call, answer).catch(
    (error: unknown) => {
      throw error instanceof CognitoError ? migrationFailed(client) : error;
    },
  );
  if (!found || Object.keys(found.userAttributes).length === 0) return undefined;
  const meanwhile = findUserByTypedName(pool, userPool, username);
  if (meanwhile) return password === undefined || fits(meanwhile, password) ? meanwhile : undefined;
  return createMigratedUser(pool, userPool, { username, password }, found);
}

const NOTHING_YET = {
  userAttributes: null,
  finalUserStatus: null,
  messageAction: null,
  desiredDeliveryMediums: null,
  forceAliasCreation: null,
  enableSMSMFA: null,
};

/** Whoever came into being while the trigger was asked was not judged by it. */
function fits({ userPoolId, username, srpSalt, srpVerifier }: User, password: string): boolean {
  if (!srpSalt || !srpVerifier) return false;
  return fitsCredential({ srpSalt, srpVerifier }, poolNameOf(userPoolId), username, password);
}

function migrationFailed(client: AppClient | undefined): CognitoError {
  return new CognitoError(
    'UserNotFoundException',
    `Exception migrating user in app client ${client?.clientId ?? 'CLIENT_ID_NOT_APPLICABLE'}`,
  );
}

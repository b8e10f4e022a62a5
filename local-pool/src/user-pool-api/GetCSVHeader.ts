import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireUserPool } from './authorisation.ts';
import { UserPoolIdType } from './shapes.ts';

/** The columns of a file for a user import (Cognito: GetCSVHeader). */
export const operation = signedOperation(
  z.object({ UserPoolId: UserPoolIdType }),
  (pool, { UserPoolId }) => ({
    UserPoolId,
    CSVHeader: [
      ...requireUserPool(pool, UserPoolId).schema.keys(),
      'cognito:mfa_enabled',
      'cognito:username',
    ],
  }),
);

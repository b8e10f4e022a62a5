import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireUserPoolDocument } from '../configuration/find-document.ts';
import { UserPoolIdType } from './shapes.ts';

/** Cognito: GetUserPoolMfaConfig. */
export const operation = signedOperation(z.object({ UserPoolId: UserPoolIdType }), (pool, input) => {
  const { mfa, settings } = requireUserPoolDocument(pool, input.UserPoolId).document;
  return { ...mfa, MfaConfiguration: settings.MfaConfiguration };
});

import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { samlSigningKey } from '../federation/saml/signing-key.ts';
import { requireUserPool } from './authorisation.ts';
import { UserPoolIdType } from './shapes.ts';

/** The certificate of the key that signs SAML requests (Cognito: GetSigningCertificate). */
export const operation = signedOperation(
  z.object({ UserPoolId: UserPoolIdType }),
  async (pool, { UserPoolId }) => ({
    Certificate: (await samlSigningKey(pool, requireUserPool(pool, UserPoolId).id)).certificate,
  }),
);

import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireThreatProtection } from '../model/threat-protection.ts';
import { requireNamedUser } from './authorisation.ts';
import { namedUserMembers, PaginationKey, QueryLimitType } from './shapes.ts';

/** Sign-ins are only recorded with threat protection (Cognito: AdminListUserAuthEvents). */
export const operation = signedOperation(
  z.object({
    ...namedUserMembers,
    MaxResults: QueryLimitType.optional(),
    NextToken: PaginationKey.optional(),
  }),
  (pool, input) => {
    requireNamedUser(pool, input);
    requireThreatProtection();
  },
);

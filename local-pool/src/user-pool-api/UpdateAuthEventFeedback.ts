import { z } from 'zod';
import { publicOperation } from '../aws-json/operation.ts';
import { requireThreatProtection } from '../model/threat-protection.ts';
import { requireUserPool } from './authorisation.ts';
import { EventIdType, FeedbackValueType, namedUserMembers, TokenModelType } from './shapes.ts';

/** There are no recorded sign-ins to judge without threat protection (Cognito: UpdateAuthEventFeedback). */
export const operation = publicOperation(
  z.object({
    ...namedUserMembers,
    EventId: EventIdType,
    FeedbackToken: TokenModelType,
    FeedbackValue: FeedbackValueType,
  }),
  (pool, input) => {
    requireUserPool(pool, input.UserPoolId);
    requireThreatProtection();
  },
);

import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireThreatProtection } from '../model/threat-protection.ts';
import { requireNamedUser } from './authorisation.ts';
import { EventIdType, FeedbackValueType, namedUserMembers } from './shapes.ts';

/** There are no recorded sign-ins to judge without threat protection (Cognito: AdminUpdateAuthEventFeedback). */
export const operation = signedOperation(
  z.object({ ...namedUserMembers, EventId: EventIdType, FeedbackValue: FeedbackValueType }),
  (pool, input) => {
    requireNamedUser(pool, input);
    requireThreatProtection();
  },
);

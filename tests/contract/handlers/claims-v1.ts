import { recordEvent, type TriggerEvent } from '../support/record-event.ts';

/** Pre token generation V1_0: adds, overrides, suppresses, replaces groups, and tries what it may not. */
export async function handler(event: TriggerEvent): Promise<TriggerEvent> {
  recordEvent(event);
  event.response = {
    claimsOverrideDetails: {
      claimsToAddOrOverride: {
        tenant: 'acme',
        family_name: 'both',
        aud: 'forged',
        sub: 'forged',
        iss: 'forged',
      },
      claimsToSuppress: ['email', 'family_name', 'cognito:username'],
      groupOverrideDetails: {
        groupsToOverride: ['given'],
        iamRolesToOverride: ['arn:aws:iam::000000000000:role/Given'],
        preferredRole: 'arn:aws:iam::000000000000:role/Given',
      },
    },
  };
  return event;
}

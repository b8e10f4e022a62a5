import { recordEvent, type TriggerEvent } from '../support/record-event.ts';

/** Pre token generation V2_0 and V3_0: typed claims, scopes, and tries at what is protected. */
export async function handler(event: TriggerEvent): Promise<TriggerEvent> {
  recordEvent(event);
  event.response = {
    claimsAndScopeOverrideDetails: {
      idTokenGeneration: {
        claimsToAddOrOverride: {
          plan: 'gold',
          limits: { max: 5 },
          tags: ['a', 'b'],
          n: 3,
          b: true,
          aud: 'forged',
        },
        claimsToSuppress: ['email'],
      },
      accessTokenGeneration: {
        claimsToAddOrOverride: { tenant: 'acme', client_id: 'forged', token_use: 'id', exp: 1 },
        claimsToSuppress: ['username'],
        scopesToAdd: ['orders/read', 'anything'],
        scopesToSuppress: ['phone'],
      },
      ...(event.triggerSource !== 'TokenGeneration_ClientCredentials' && {
        groupOverrideDetails: { groupsToOverride: ['given'], iamRolesToOverride: [], preferredRole: '' },
      }),
    },
  };
  return event;
}

import type { AppClient } from '../model/app-client.ts';
import type { User } from '../model/user.ts';
import type { UserPool } from '../model/user-pool.ts';

/** The event of every user pool trigger (Cognito: Lambda trigger event). */
export interface TriggerEvent {
  version: string;
  triggerSource: string;
  region: string;
  userPoolId: string;
  userName: string;
  callerContext: { awsSdkVersion: string; clientId: string };
  request: Record<string, unknown>;
  response: Record<string, unknown>;
}

/** What differs from trigger to trigger. */
export interface TriggerCall {
  /** `PreSignUp_SignUp` … */
  source: string;
  userName: string;
  request: Record<string, unknown>;
  /** What the function finds in `response` and fills in. */
  response: Record<string, unknown>;
  /** The version of the event; only pre token generation has another than 1. */
  version?: string;
}

/**
 * Builds an event.
 * @param client undefined where an administrator acts and no app client is involved
 */
export function triggerEvent(
  userPool: UserPool,
  client: AppClient | undefined,
  { source, userName, request, response, version = '1' }: TriggerCall,
): TriggerEvent {
  return {
    version,
    triggerSource: source,
    region: userPool.region,
    userPoolId: userPool.id,
    userName,
    callerContext: {
      awsSdkVersion: 'aws-sdk-unknown-unknown',
      clientId: client?.clientId ?? 'CLIENT_ID_NOT_APPLICABLE',
    },
    request,
    response,
  };
}

/** `request.userAttributes`: every value a string, `identities` as JSON, with the user's status among them. */
export function userAttributesOf(user: User): Record<string, string> {
  const { identities } = user.details;
  return {
    sub: user.sub,
    'cognito:user_status': user.status,
    ...user.attributes,
    ...(identities && identities.length > 0 && { identities: JSON.stringify(identities) }),
  };
}

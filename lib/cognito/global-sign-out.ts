import type { Config } from '../config.ts';
import { deadlineFetch } from '../http/deadline-fetch.ts';
import { log } from '../log.ts';
import { endpoints } from './endpoints.ts';

/**
 * Revokes every refresh token that the person has, at each app client (Cognito: GlobalSignOut).
 * @param accessToken with the scope `aws.cognito.signin.user.admin`
 * @returns whether the user pool confirmed it
 */
export async function globalSignOut(config: Config, accessToken: string): Promise<boolean> {
  try {
    const response = await deadlineFetch(endpoints(config).api, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AWSCognitoIdentityProviderService.GlobalSignOut',
      },
      body: JSON.stringify({ AccessToken: accessToken }),
    });
    if (response.status === 200) return true;
    log('warn', 'global_sign_out_refused', { status: response.status });
    return false;
  } catch (error) {
    log('warn', 'global_sign_out_unanswered', { reason: error instanceof Error ? error.message : undefined });
    return false;
  }
}

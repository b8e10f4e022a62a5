import type { Config } from '../config.ts';
import { deadlineFetch } from '../http/deadline-fetch.ts';
import { log } from '../log.ts';
import { endpoints } from './endpoints.ts';

/**
 * Asks the user pool whether it still honours an access token: one that was revoked verifies until it expires
 * (Cognito: userInfo endpoint, revoking tokens).
 * @param accessToken verified, with the scope `openid`
 * @returns undefined when the user pool does not say, within 5,000 milliseconds
 */
export async function isHonoured(config: Config, accessToken: string): Promise<boolean | undefined> {
  try {
    const { status } = await deadlineFetch(endpoints(config).userInfo, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    if (status === 200) return true;
    if (status === 401) return false;
    log('warn', 'user_info_unanswered', { reason: `${status}` });
  } catch (error) {
    log('warn', 'user_info_unanswered', { reason: error instanceof Error ? error.message : 'unknown' });
  }
  return undefined;
}

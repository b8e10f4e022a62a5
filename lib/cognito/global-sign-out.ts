import type { Config } from '../config.ts';
import { callUserPool } from './user-pool-api.ts';

/**
 * Revokes every refresh token that the person has, at each app client (Cognito: GlobalSignOut).
 * @param accessToken with the scope `aws.cognito.signin.user.admin`
 * @returns whether the user pool confirmed it
 */
export const globalSignOut = async (config: Config, accessToken: string): Promise<boolean> =>
  (await callUserPool(config, 'GlobalSignOut', { AccessToken: accessToken })).kind === 'done';

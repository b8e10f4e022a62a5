import { z } from 'zod';
import { publicOperation } from '../aws-json/operation.ts';
import { requireAccessToken } from './authorisation.ts';
import { devicePage } from './list-devices.ts';
import { QueryLimitType, SearchPaginationTokenType, TokenModelType } from './shapes.ts';

/** The user's own devices (Cognito: ListDevices). */
export const operation = publicOperation(
  z.object({
    AccessToken: TokenModelType,
    Limit: QueryLimitType.optional(),
    PaginationToken: SearchPaginationTokenType.optional(),
  }),
  async (pool, input) => {
    const { userPool, user } = await requireAccessToken(pool, input.AccessToken);
    return devicePage(pool, userPool, user, input);
  },
);

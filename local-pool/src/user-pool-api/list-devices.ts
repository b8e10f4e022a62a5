import type { LocalPool } from '../local-pool.ts';
import { requireDeviceTracking } from '../model/device.ts';
import { page } from '../model/page.ts';
import type { User } from '../model/user.ts';
import type { UserPool } from '../model/user-pool.ts';
import { listDevices } from '../store/devices.ts';
import { deviceType } from './device-type.ts';

/** Devices on a page (API model: QueryLimitType). */
const MOST = 60;

/**
 * One page of a user's devices, for the user and for an administrator (API reference: ListDevices, AdminListDevices).
 * @throws CognitoError InvalidUserPoolConfigurationException, InvalidParameterException
 */
export function devicePage(
  pool: LocalPool,
  userPool: UserPool,
  user: User,
  { Limit, PaginationToken }: { Limit?: number | undefined; PaginationToken?: string | undefined },
) {
  requireDeviceTracking(userPool);
  const { items, nextToken } = page(
    (after, count) => listDevices(pool, userPool.id, user.sub, after, count),
    ({ deviceKey }) => deviceKey,
    { limit: Limit, most: MOST, token: PaginationToken },
  );
  return { Devices: items.map((device) => deviceType(user, device)), PaginationToken: nextToken };
}

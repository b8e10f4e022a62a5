import { z } from 'zod';
import { publicOperation } from '../aws-json/operation.ts';
import { requireDevice } from '../model/device.ts';
import { deleteDevice } from '../store/devices.ts';
import { requireAccessToken } from './authorisation.ts';
import { DeviceKeyType, TokenModelType } from './shapes.ts';

/** Forgets one of the user's own devices; it must be enrolled anew (Cognito: ForgetDevice). */
export const operation = publicOperation(
  z.object({ AccessToken: TokenModelType, DeviceKey: DeviceKeyType }),
  async (pool, input) => {
    const { userPool, user } = await requireAccessToken(pool, input.AccessToken);
    deleteDevice(pool, requireDevice(pool, userPool, user, input.DeviceKey));
    return {};
  },
);

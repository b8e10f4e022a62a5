import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireDevice } from '../model/device.ts';
import { deleteDevice } from '../store/devices.ts';
import { requireUser, requireUserPool } from './authorisation.ts';
import { DeviceKeyType, UsernameType, UserPoolIdType } from './shapes.ts';

/** Forgets a user's device; it must be enrolled anew (Cognito: AdminForgetDevice). */
export const operation = signedOperation(
  z.object({ UserPoolId: UserPoolIdType, Username: UsernameType, DeviceKey: DeviceKeyType }),
  (pool, input) => {
    const userPool = requireUserPool(pool, input.UserPoolId);
    const user = requireUser(pool, userPool, input.Username);
    deleteDevice(pool, requireDevice(pool, userPool, user, input.DeviceKey));
    return {};
  },
);

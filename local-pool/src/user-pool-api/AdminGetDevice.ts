import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireDevice } from '../model/device.ts';
import { requireUser, requireUserPool } from './authorisation.ts';
import { deviceType } from './device-type.ts';
import { DeviceKeyType, UsernameType, UserPoolIdType } from './shapes.ts';

/** One of a user's devices (Cognito: AdminGetDevice). */
export const operation = signedOperation(
  z.object({ UserPoolId: UserPoolIdType, Username: UsernameType, DeviceKey: DeviceKeyType }),
  (pool, input) => {
    const userPool = requireUserPool(pool, input.UserPoolId);
    const user = requireUser(pool, userPool, input.Username);
    return { Device: deviceType(user, requireDevice(pool, userPool, user, input.DeviceKey)) };
  },
);

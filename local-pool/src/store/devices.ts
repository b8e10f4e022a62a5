import type { StoreContext } from './database.ts';

/** A device that a user has confirmed. */
export interface Device {
  userPoolId: string;
  sub: string;
  deviceKey: string;
  deviceGroupKey: string;
  name?: string;
  /** Hexadecimal; the device's password itself never leaves it. */
  srpSalt: string;
  srpVerifier: string;
  remembered: boolean;
  lastIp: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
  modifiedAt: number;
  authenticatedAt: number;
}

/** Adds a device. @returns false when the user has one of that key already; nothing is written then */
export function insertDevice({ store }: StoreContext, device: Device): boolean {
  return (
    store
      .sql('INSERT INTO devices VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING')
      .run(
        device.userPoolId,
        device.sub,
        device.deviceKey,
        device.deviceGroupKey,
        device.name ?? null,
        device.srpSalt,
        device.srpVerifier,
        device.remembered ? 1 : 0,
        device.lastIp,
        device.createdAt,
        device.modifiedAt,
        device.authenticatedAt,
      ).changes === 1
  );
}

export function findDevice(
  { store }: StoreContext,
  userPoolId: string,
  sub: string,
  deviceKey: string,
): Device | undefined {
  const row = store
    .sql('SELECT * FROM devices WHERE user_pool_id = ? AND sub = ? AND device_key = ?')
    .get(userPoolId, sub, deviceKey);
  return row && toDevice(row);
}

/** A user's devices in the order of their keys: at most `count` after the one with the key `after`. */
export function listDevices(
  { store }: StoreContext,
  userPoolId: string,
  sub: string,
  after: string,
  count: number,
): Device[] {
  return store
    .sql(
      'SELECT * FROM devices WHERE user_pool_id = ? AND sub = ? AND device_key > ? ORDER BY device_key LIMIT ?',
    )
    .all(userPoolId, sub, after, count)
    .map(toDevice);
}

export function setDeviceRemembered(
  { store, clock }: StoreContext,
  device: Device,
  remembered: boolean,
): void {
  store
    .sql(
      `UPDATE devices SET remembered = ?, modified_at = ?
       WHERE user_pool_id = ? AND sub = ? AND device_key = ?`,
    )
    .run(remembered ? 1 : 0, clock.now(), device.userPoolId, device.sub, device.deviceKey);
}

/** Notes that a device has signed its user in, and from where. */
export function touchDevice({ store, clock }: StoreContext, device: Device, ip: string): void {
  store
    .sql(
      `UPDATE devices SET authenticated_at = ?, last_ip = ?
       WHERE user_pool_id = ? AND sub = ? AND device_key = ?`,
    )
    .run(clock.now(), ip, device.userPoolId, device.sub, device.deviceKey);
}

export function deleteDevice({ store }: StoreContext, device: Device): void {
  store
    .sql('DELETE FROM devices WHERE user_pool_id = ? AND sub = ? AND device_key = ?')
    .run(device.userPoolId, device.sub, device.deviceKey);
}

function toDevice(row: Record<string, unknown>): Device {
  return {
    userPoolId: String(row.user_pool_id),
    sub: String(row.sub),
    deviceKey: String(row.device_key),
    deviceGroupKey: String(row.device_group_key),
    ...(row.name !== null && { name: String(row.name) }),
    srpSalt: String(row.srp_salt),
    srpVerifier: String(row.srp_verifier),
    remembered: row.remembered === 1,
    lastIp: String(row.last_ip),
    createdAt: Number(row.created_at),
    modifiedAt: Number(row.modified_at),
    authenticatedAt: Number(row.authenticated_at),
  };
}

import { config } from '../config.ts';
import { processWide } from '../data/process-wide.ts';
import { AppError } from '../errors.ts';
import { TokenUsage } from './token-usage.ts';
import { createMachineTokens, type MachineTokens } from './tokens.ts';
import { storeUsage } from './usage-table.ts';

/** What this process counts. */
export const tokenUsage = (): TokenUsage =>
  processWide('token-usage', () => new TokenUsage((rows) => storeUsage(rows)));

/**
 * The tokens of the application's own app client, kept for the whole process.
 * @throws AppError `machine_client_missing` where none is configured
 */
export function machineTokens(): MachineTokens {
  const { serviceClient } = config();
  if (!serviceClient) throw new AppError('machine_client_missing');
  return processWide('machine-tokens', () =>
    createMachineTokens(config(), serviceClient, (clientId, counts) => tokenUsage().add(clientId, counts)),
  );
}

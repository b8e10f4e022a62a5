import { config } from '../config.ts';
import { AppError } from '../errors.ts';
import { processWide } from '../process-wide.ts';
import { countMachineToken } from '../telemetry/metrics.ts';
import { type TokenCounts, TokenUsage } from './token-usage.ts';
import { createMachineTokens, type MachineTokens } from './tokens.ts';
import { storeUsage } from './usage-table.ts';

/** What this process counts. */
export const tokenUsage = (): TokenUsage =>
  processWide('token-usage', () => new TokenUsage((rows) => storeUsage(rows)));

function count(clientId: string, counts: Partial<TokenCounts>): void {
  tokenUsage().add(clientId, counts);
  if (counts.tokens_issued) countMachineToken(clientId, 'issued');
  if (counts.cache_hits) countMachineToken(clientId, 'cached');
  if (counts.failures) countMachineToken(clientId, 'failed');
}

/**
 * The tokens of the application's own app client, kept for the whole process.
 * @throws AppError `machine_client_missing` where none is configured
 */
export function machineTokens(): MachineTokens {
  const { serviceClient } = config();
  if (!serviceClient) throw new AppError('machine_client_missing');
  return processWide('machine-tokens', () => createMachineTokens(config(), serviceClient, count));
}

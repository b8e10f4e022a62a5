import { runProgram } from '../load.ts';
import type { CountedDomain } from './counted-domain.ts';

/** What calls for a token of the application itself cost, in microseconds of the processor each. */
export interface MachineCosts {
  /** All of them at once, before there is a token. */
  atOnce: number;
  /** One after the other, with the token that is held. */
  held: number;
}

export interface MachineTokens extends MachineCosts {
  /** Of either kind. */
  calls: number;
  /** As the user pool counted them. */
  tokenRequests: number;
}

/**
 * Asks for a token so often at once, and then as often one after the other, in a process of its own.
 * @param environment of an application with an app client of its own
 */
export async function measureMachineTokens(
  environment: Record<string, string>,
  domain: Pick<CountedDomain, 'tokenCalls'>,
  calls: number,
): Promise<MachineTokens> {
  const before = domain.tokenCalls();
  const program = 'application/machine-tokens-program.ts';
  const costs = await runProgram<MachineCosts>(program, { calls }, environment);
  return { ...costs, calls, tokenRequests: domain.tokenCalls() - before };
}

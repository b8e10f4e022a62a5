import type { Flood } from './anonymous-floods.ts';
import type { BearerRounds } from './bearer.ts';
import type { DueSessions, OneDueSession } from './due-sessions.ts';
import type { GateParts } from './gate-parts.ts';
import type { HeldResult } from './held-connections.ts';
import type { MachineTokens } from './machine-tokens.ts';
import type { PasswordFlood } from './password-flood.ts';
import type { SteadyLoad } from './steady-load.ts';
import type { SiteRounds } from './throughput.ts';

export interface ApplicationResults {
  /** The machine's load average before. */
  loadBefore: number;
  connections: number;
  /** How many sessions came back over and over. */
  sessions: number;
  returning: SiteRounds;
  firstTime: SiteRounds;
  bearer: BearerRounds;
  parts: GateParts;
  oneDue: OneDueSession;
  allDue: DueSessions & { sessions: number };
  steady: SteadyLoad;
  floods: Flood[];
  passwords: PasswordFlood;
  machine: MachineTokens;
  held: HeldResult;
}

import type { Clock } from './clock.ts';
import type { LocalPool } from './local-pool.ts';

export interface LocalPoolOptions {
  /** 0 = a free port. */
  port?: number;
  /** Absent = memory. */
  dataDir?: string;
  template?: string;
  users?: string;
  parameters?: Record<string, string>;
  /** Seconds; overrides the template, also below Cognito's five minutes. */
  accessTokenValidity?: number;
  clock?: Clock;
  log?: (line: string) => void;
}

export interface RunningLocalPool {
  url: string;
  pool: LocalPool;
  close(): Promise<void>;
}

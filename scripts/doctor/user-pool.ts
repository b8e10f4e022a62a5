import type { Config } from '../../lib/config.ts';
import type { Discovery } from './discovery.ts';

/** A user pool that answers, for the checks that need no AWS credentials. */
export interface UserPoolSubject {
  config: Config;
  discovery: Extract<Discovery, { kind: 'answered' }>;
}

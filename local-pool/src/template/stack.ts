import type { AppClient } from '../model/app-client.ts';
import type { Group } from '../model/group.ts';
import type { UserPool } from '../model/user-pool.ts';
import type { TriggerFunction } from '../triggers.ts';

/** What a template describes, in the local pool's own terms. */
export interface Stack {
  userPools: UserPool[];
  appClients: AppClient[];
  groups: Group[];
  functions: TriggerFunction[];
}

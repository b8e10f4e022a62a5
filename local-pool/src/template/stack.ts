import type { AppClientDocument } from '../configuration/app-client-document.ts';
import type { UserPoolDocument } from '../configuration/user-pool-document.ts';
import type { IdentityPool } from '../identity-pool/identity-pool.ts';
import type { Group } from '../model/group.ts';
import type { TriggerFunction } from '../triggers.ts';

/** What a template describes, in the documents that the API stores too. */
export interface Stack {
  userPools: UserPoolDocument[];
  appClients: AppClientDocument[];
  groups: Omit<Group, 'createdAt' | 'modifiedAt'>[];
  functions: TriggerFunction[];
  identityPools: IdentityPool[];
}

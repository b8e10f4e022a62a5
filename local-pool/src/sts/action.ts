import type { LocalPool } from '../local-pool.ts';

/** The members of an action's result in their order; a member may have members. */
export interface ResultMembers {
  [name: string]: string | ResultMembers;
}

/** What an action is called with: the parameters of the form or query, and the request's headers. */
export interface StsCall {
  parameters: URLSearchParams;
  headers: Headers;
}

/** An action of STS. It throws StsError. */
export type StsAction = (pool: LocalPool, call: StsCall) => ResultMembers | Promise<ResultMembers>;

import { AsyncLocalStorage } from 'node:async_hooks';
import { processWide } from './process-wide.ts';

const scope = (): AsyncLocalStorage<string> =>
  processWide('request-scope', () => new AsyncLocalStorage<string>());

/** Whatever is done from here on, until the next request on this connection, is done for the request of this id. */
export const enterRequest = (id: string): void => scope().enterWith(id);

/** @returns the id of the request that is being handled; undefined where none is, at the start, say */
export const currentRequest = (): string | undefined => scope().getStore();

/** Does something that belongs to no request, whichever is being handled. */
export const outsideRequests = (work: () => void): void => scope().exit(work);

import { AsyncLocalStorage } from 'node:async_hooks';
import { processWide } from './process-wide.ts';

interface RequestScope {
  id: string;
  contentPolicy: string;
}

const scope = (): AsyncLocalStorage<RequestScope> =>
  processWide('request-scope', () => new AsyncLocalStorage<RequestScope>());

/**
 * Whatever is done from here on, until the next request on this connection, is done for the request of this id.
 * @param contentPolicy what its response's Content-Security-Policy is to be, which its own header has already
 */
export const enterRequest = (id: string, contentPolicy: string): void =>
  scope().enterWith({ id, contentPolicy });

/** @returns the id of the request that is being handled; undefined where none is, at the start, say */
export const currentRequest = (): string | undefined => scope().getStore()?.id;

/** @returns the Content-Security-Policy of the request that is being handled; undefined where it was given none */
export const currentContentPolicy = (): string | undefined => scope().getStore()?.contentPolicy;

/** @returns an object that stands for the request that is being handled, in this process; undefined where none is */
export const requestScope = (): object | undefined => scope().getStore();

/** Does something that belongs to no request, whichever is being handled. */
export const outsideRequests = (work: () => void): void => scope().exit(work);

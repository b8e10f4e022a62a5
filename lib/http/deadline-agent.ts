import { type ClientRequest, Agent as HttpAgent, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { DEADLINE_MS, LARGEST_BODY } from './deadline-fetch.ts';

/** The part of an agent that Node.js calls, and that its types leave out. */
interface RequestTaker {
  addRequest(request: ClientRequest, options: RequestOptions): void;
}

const agents = {
  plain: new HttpAgent() as HttpAgent & RequestTaker,
  secure: new HttpsAgent() as HttpsAgent & RequestTaker,
};

/** Headers count as well: 16 KB is what Node.js allows them. */
const LARGEST_ANSWER = LARGEST_BODY + 16_384;

function limit(request: ClientRequest): void {
  const timer = setTimeout(() => request.destroy(new Error('timed out')), DEADLINE_MS);
  request.once('close', () => clearTimeout(timer));
  request.once('socket', (socket) => {
    let size = 0;
    socket.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > LARGEST_ANSWER) request.destroy(new Error('socket closed: too large'));
    });
  });
}

/**
 * For a library that brings its own HTTP and whose time-out ends with the first byte: the whole answer within 5,000
 * milliseconds and 278,528 bytes, on a connection of its own. A plain object, because next-auth copies what it is given
 * member by member, and a class would lose its methods.
 */
export const deadlineAgent: RequestTaker = {
  addRequest(request, options) {
    limit(request);
    (request.protocol === 'https:' ? agents.secure : agents.plain).addRequest(request, options);
  },
};

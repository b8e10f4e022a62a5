import { NobodyThereError, passOn, type RunningProxy, sendAnswer, startProxy } from './proxy.ts';

export interface Balancer extends RunningProxy {
  /** The ports of the instances; may change at any time. */
  ports: readonly number[];
}

/** Names the instance in the answer that it gave. */
export const SERVED_BY = 'x-served-by';

const inTurn = (ports: readonly number[], turn: number): number[] => {
  const first = ports.length === 0 ? 0 : turn % ports.length;
  return [...ports.slice(first), ...ports.slice(0, first)];
};

/**
 * Starts a load balancer that hands requests to the instances in turn. Where nobody listens, the next is asked. A request
 * whose connection breaks after it was sent is answered 502, because it may have been acted on; with nobody at all, 503.
 */
export async function startBalancer(): Promise<Balancer> {
  let turn = 0;
  const proxy = await startProxy(async (incoming, body, response) => {
    turn += 1;
    for (const port of inTurn(balancer.ports, turn)) {
      try {
        return sendAnswer(response, await passOn(port, incoming, body), [SERVED_BY, String(port)]);
      } catch (error) {
        if (error instanceof NobodyThereError) continue;
        response.writeHead(502, { [SERVED_BY]: String(port) }).end();
        return;
      }
    }
    response.writeHead(503).end();
  });
  const balancer: Balancer = { ...proxy, ports: [] };
  return balancer;
}

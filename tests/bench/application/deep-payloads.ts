/** What the framework parses before anything of the application runs, nested as deep as a request may be long. */
interface DeepPayload {
  name: string;
  /** @returns the status of the answer */
  send(app: { url: string; address: string }): Promise<number>;
}

const DEPTH = 100_000;
/** A header has to stay below the 16 KB at which Node.js refuses all of them. */
const DEPTH_OF_A_HEADER = 4_000;
const MADE_UP_ACTION = '40'.padEnd(42, 'a');

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

const action = async (
  { url, address }: { url: string; address: string },
  body: string | FormData,
): Promise<number> => {
  const headers = { origin: url, 'next-action': MADE_UP_ACTION };
  const answer = await fetch(address, { method: 'POST', headers, body, redirect: 'manual' });
  await answer.text();
  return answer.status;
};

/** Two parts that refer to each other, as React writes references between parts. */
function cycle(): FormData {
  const form = new FormData();
  form.set('0', '["$1"]');
  form.set('1', '["$0"]');
  return form;
}

/** LD-05: payloads of server actions and of React's router that no browser sends. */
export const deepPayloads: DeepPayload[] = [
  { name: 'deep arguments of an action', send: (app) => action(app, nested(DEPTH)) },
  { name: 'arguments of an action that refer to each other', send: (app) => action(app, cycle()) },
  {
    name: 'deep states of the router',
    async send({ address }) {
      const state = nested(DEPTH_OF_A_HEADER);
      const headers = { rsc: '1', 'next-router-state-tree': state };
      const answer = await fetch(`${address}/sign-in`, { headers, redirect: 'manual' });
      await answer.text();
      return answer.status;
    },
  },
];

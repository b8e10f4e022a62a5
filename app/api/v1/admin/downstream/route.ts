import { getDownstream } from '#lib/api/operations/machine.ts';
import { endpoint, serve } from '#lib/api/serve.ts';
import { callDownstream } from '#lib/machine/downstream.ts';

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(
  endpoint(getDownstream, async () => {
    const { status, contentType, body } = await callDownstream();
    return { status: 200, body: { status, content_type: contentType, body } };
  }),
);

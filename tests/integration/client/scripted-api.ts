import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { startProxy } from '../../support/proxy.ts';

export interface ReceivedRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** An API that answers as the test says, 200 when it says nothing. */
export interface ScriptedApi {
  url: string;
  received: ReceivedRequest[];
  answer: (request: ReceivedRequest, response: ServerResponse) => void;
  close(): Promise<void>;
}

export const ok = (_: unknown, response: ServerResponse): void => void response.end('{}');

export async function startScriptedApi(): Promise<ScriptedApi> {
  const proxy = await startProxy(async (incoming, body, response) => {
    const request = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      headers: incoming.headers,
      body: body.toString(),
    };
    api.received.push(request);
    api.answer(request, response);
  });
  const api: ScriptedApi = { url: proxy.url, received: [], answer: ok, close: proxy.close };
  return api;
}

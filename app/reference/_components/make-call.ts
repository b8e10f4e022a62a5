import { responseHeaders } from '#lib/api/header-fields.ts';

export interface Call {
  id: string;
  method: string;
  /** With `{name}` where a parameter stands. */
  path: string;
  parameters: readonly {
    name: string;
    in: 'path' | 'query' | 'header';
    required: boolean;
    type: string;
    example: string;
  }[];
  /** JSON to begin with; undefined where the operation takes no body. */
  body: string | undefined;
}

export interface CallAnswer {
  status: number;
  statusText: string;
  /** Milliseconds. */
  took: number;
  headers: readonly (readonly [name: string, value: string])[];
  /** Indented where it is JSON. */
  body: string;
}

const DEADLINE_MS = 20_000;
const shown = ['content-type', ...responseHeaders];

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** @param typed what the fields hold, by the name of the parameter; an empty one is left out */
function addressOf({ path, parameters }: Call, typed: FormData): string {
  const typedIn = (name: string) => String(typed.get(name) ?? '');
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(typedIn(name)));
  const query = new URLSearchParams(
    parameters
      .filter(({ name, in: place }) => place === 'query' && typedIn(name) !== '')
      .map(({ name }) => [name, typedIn(name)]),
  );
  return query.size > 0 ? `${filled}?${query}` : filled;
}

function headersOf({ parameters, body }: Call, typed: FormData, token: string): Headers {
  const headers = new Headers();
  for (const { name, in: place } of parameters) {
    const value = typed.get(name);
    if (place === 'header' && value) headers.set(name, String(value));
  }
  if (body !== undefined) headers.set('content-type', 'application/json');
  if (token !== '') headers.set('authorization', `Bearer ${token}`);
  return headers;
}

/**
 * Calls the API of this origin with the token and without cookies.
 * @throws TypeError when the request cannot be sent, DOMException when nothing has come after 20,000 milliseconds
 */
export async function makeCall(call: Call, typed: FormData, token: string): Promise<CallAnswer> {
  const began = performance.now();
  const response = await fetch(addressOf(call, typed), {
    method: call.method,
    headers: headersOf(call, typed, token),
    body: call.body === undefined ? null : String(typed.get('body') ?? ''),
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'error',
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  const text = await response.text();
  return {
    status: response.status,
    statusText: response.statusText,
    took: Math.round(performance.now() - began),
    headers: shown.flatMap((name) => {
      const value = response.headers.get(name);
      return value === null ? [] : [[name, value] as const];
    }),
    body: indented(text),
  };
}

import { type Config, config } from '../config.ts';
import { AppError } from '../errors.ts';
import { DEADLINE_MS, deadlineFetch, UnansweredError } from '../http/deadline-fetch.ts';
import { log } from '../log.ts';
import { machineTokens } from './process-tokens.ts';
import type { MachineTokens } from './tokens.ts';

/** What a service answered to a token that it took. */
export interface DownstreamAnswer {
  status: number;
  /** As the service calls it; empty when it does not. */
  contentType: string;
  /** With the token taken out of it, in case the service repeats what it is sent. */
  body: string;
}

/**
 * Calls the configured service as the application itself: two tries at the most, and all of it within five seconds once
 * there is a token. A token that the service does not take (401) is dropped, and another one is tried. No redirect is
 * followed, so the token reaches the configured origin alone.
 * @throws AppError `downstream_missing`, `downstream_refused`, `downstream_unreachable`, `machine_client_missing`, and those of
 * {@link MachineTokens}
 */
export async function callDownstream(
  settings: Config = config(),
  own?: MachineTokens,
): Promise<DownstreamAnswer> {
  const { downstream } = settings;
  if (!downstream) throw new AppError('downstream_missing');
  const tokens = own ?? machineTokens();
  const { url, scopes } = downstream;
  const token = await tokens.token(scopes);
  const signal = AbortSignal.timeout(DEADLINE_MS);
  const first = await show(url, token, signal);
  if (first.status !== 401 || !tokens.drop(scopes, token)) return await judged(first, token);
  const another = await tokens.token(scopes);
  return await judged(await show(url, another, signal), another);
}

async function show(url: URL, token: string, signal: AbortSignal): Promise<Response> {
  try {
    return await deadlineFetch(url, { headers: { authorization: `Bearer ${token}` }, signal });
  } catch (error) {
    const reason = error instanceof UnansweredError ? error.message : 'unknown';
    log('warn', 'downstream_unreachable', { origin: url.origin, reason });
    throw new AppError('downstream_unreachable', reason);
  }
}

async function judged(response: Response, token: string): Promise<DownstreamAnswer> {
  const { status } = response;
  if (status === 401 || status === 403) {
    log('warn', 'downstream_refused', { status });
    throw new AppError('downstream_refused', String(status));
  }
  return {
    status,
    contentType: response.headers.get('content-type') ?? '',
    body: (await response.text()).replaceAll(token, '[access token]'),
  };
}

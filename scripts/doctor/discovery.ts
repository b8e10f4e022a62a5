import { z } from 'zod';
import type { Config } from '../../lib/config.ts';
import { deadlineFetch, UnansweredError } from '../../lib/http/deadline-fetch.ts';

/** The members that the application has counterparts of (OpenID Connect Discovery 1.0 section 3). */
const documentShape = z.object({
  issuer: z.string(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  userinfo_endpoint: z.string(),
  revocation_endpoint: z.string().optional(),
  jwks_uri: z.string(),
});

export type DiscoveryDocument = z.infer<typeof documentShape>;

/** What stands at the issuer's well-known address. */
export type Discovery =
  | { kind: 'unreachable'; reason: string }
  | {
      kind: 'answered';
      status: number;
      /** Absent when the answer is no discovery document. */
      document: DiscoveryDocument | undefined;
      /** In milliseconds, by how much this machine's clock is ahead of the user pool's; absent without a Date header. */
      ahead: number | undefined;
    };

export const discoveryUrl = (config: Config): string => `${config.issuer}/.well-known/openid-configuration`;

/** A Date header tells whole seconds, and was written some time between question and answer. */
function clockLead(date: string | null, askedAt: number, answeredAt: number): number | undefined {
  const earliest = Date.parse(date ?? '');
  if (Number.isNaN(earliest)) return undefined;
  const latest = earliest + 1_000;
  if (askedAt > latest) return askedAt - latest;
  return answeredAt < earliest ? answeredAt - earliest : 0;
}

/**
 * Fetches the discovery document of the configured issuer, within 5,000 milliseconds.
 * @param now this machine's clock, in milliseconds since the epoch
 */
export async function discover(config: Config, now: () => number): Promise<Discovery> {
  const askedAt = now();
  try {
    const response = await deadlineFetch(discoveryUrl(config));
    const body: unknown = await response.json().catch(() => undefined);
    return {
      kind: 'answered',
      status: response.status,
      document: response.ok ? documentShape.safeParse(body).data : undefined,
      ahead: clockLead(response.headers.get('date'), askedAt, now()),
    };
  } catch (error) {
    if (error instanceof UnansweredError) return { kind: 'unreachable', reason: error.message };
    throw error;
  }
}

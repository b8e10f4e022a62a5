import type { z } from 'zod';
import { config } from '../config.ts';
import { AppError, type ErrorCode } from '../errors.ts';
import { readForm } from '../http/form-body.ts';
import { isFromOwnOrigin } from '../http/origin.ts';
import { refusal, seeOther } from '../http/responses.ts';
import type { LiveSession } from '../session/current.ts';
import { type Visitor, visitorOf } from '../session/visitor.ts';
import { countRefusal } from '../telemetry/metrics.ts';
import { endedSessionPath } from './ended-session-path.ts';
import { guardedSession } from './guards.ts';
import { type Fields, keepForm } from './kept-form.ts';
import { type GatedPath, pagePolicies } from './policies.ts';
import { isStepUp, judge } from './policy.ts';
import { type Principal, principalOfSession } from './principal.ts';
import { signInPath, stepUpPath } from './sign-in-path.ts';

interface Form<Schema extends z.ZodType> {
  /** Its line in the policy table. */
  form: GatedPath;
  /** The page that shows it, where the person returns to when it cannot be carried out. */
  page: GatedPath | ((typed: Fields) => `/${string}`);
  fields: Schema;
  /** Names of fields that are not kept for another try: passwords. */
  neverKept?: readonly string[];
  /** The longest body, in bytes: 16,384 unless it is said. */
  bodyLimit?: number;
}

/** A form that its guard let through. */
export interface Submission<Values> {
  principal: Principal;
  live: LiveSession;
  fields: Values;
  visitor: Visitor;
}

/** @returns the path to go on to, or a whole response */
type Handler<Values> = (submission: Submission<Values>) => Promise<string | Response>;

const addTo = (path: string, query: Record<string, string>): string =>
  `${path}?${new URLSearchParams(query)}`;

/**
 * Wraps the route handler that a form of a page posts to. It runs only for somebody who is signed in, whom the policy
 * allows, whose session the registry confirms, and whose input is valid. Nothing that was typed is lost otherwise:
 * it is kept while the person signs in again, or is shown to them with the reason why it was not carried out (`error`
 * and `kept` in the page's address).
 * @returns a handler for POST that answers 303, or 403 to another site and to whom the policy refuses, or 400 to what
 * no form sends
 */
export function withForm<Schema extends z.ZodType>(
  { form, page: shownAt, fields, neverKept = [], bodyLimit }: Form<Schema>,
  handle: Handler<z.output<Schema>>,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const { appUrl } = config();
    if (!isFromOwnOrigin(request.headers, appUrl)) return refusal('cross_site_request');
    const posted = await readForm(request, bodyLimit);
    if (!posted) return refusal('bad_request');
    const typed: Fields = Object.fromEntries(posted);
    const page = typeof shownAt === 'string' ? shownAt : shownAt(typed);
    const refuse = (error: ErrorCode, query: Record<string, string> = {}): Response => {
      countRefusal(error, 'form');
      return seeOther(addTo(page, { error, ...query }), appUrl);
    };
    const current = await guardedSession();
    if (current.kind === 'unavailable') return refuse('user_pool_unavailable');
    if (current.kind !== 'live') {
      countRefusal('not_signed_in', 'form');
      const path = current.kind === 'signed_out' ? endedSessionPath(page) : signInPath({ returnTo: page });
      return seeOther(path, appUrl);
    }
    if (!current.confirmed) return refuse('database_unavailable');

    const principal = principalOfSession(current);
    const keep = (): Promise<string> => {
      const kept = Object.entries(typed).filter(([name]) => !neverKept.includes(name));
      return keepForm({ sub: principal.sub, form }, Object.fromEntries(kept));
    };
    const backWith = async (error: ErrorCode): Promise<Response> => {
      const kept = await keep().catch(() => undefined);
      return refuse(error, kept ? { kept } : {});
    };

    const judgement = judge(pagePolicies[form], principal, Math.floor(Date.now() / 1_000));
    if (isStepUp(judgement)) {
      const kept = await keep().catch(() => undefined);
      if (!kept) return refuse('database_unavailable');
      countRefusal(judgement, 'form');
      return seeOther(stepUpPath(addTo(page, { kept }), judgement), appUrl);
    }
    if (judgement !== 'allowed') return refusal('forbidden');
    const parsed = fields.safeParse(typed);
    if (!parsed.success) return await backWith('bad_request');
    try {
      const answer = await handle({
        principal,
        live: current,
        fields: parsed.data,
        visitor: visitorOf(request.headers),
      });
      return typeof answer === 'string' ? seeOther(answer, appUrl) : answer;
    } catch (error) {
      if (error instanceof AppError) return await backWith(error.code);
      throw error;
    }
  };
}

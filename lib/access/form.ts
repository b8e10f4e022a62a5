import type { z } from 'zod';
import { config } from '../config.ts';
import { AppError } from '../errors.ts';
import { readForm } from '../http/form-body.ts';
import { isFromOwnOrigin } from '../http/origin.ts';
import { refusal, seeOther } from '../http/responses.ts';
import type { LiveSession } from '../session/current.ts';
import { type Visitor, visitorOf } from '../session/visitor.ts';
import { countRefusal } from '../telemetry/metrics.ts';
import { endedSessionPath } from './ended-session-path.ts';
import { guardedSession } from './guards.ts';
import type { Fields } from './kept-form.ts';
import { type GatedPath, pagePolicies } from './policies.ts';
import { isStepUp, judge } from './policy.ts';
import { PostedForm } from './posted-form.ts';
import { type Principal, principalOfSession } from './principal.ts';
import { signInPath } from './sign-in-path.ts';

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
interface Submission<Values> {
  principal: Principal;
  live: LiveSession;
  fields: Values;
  visitor: Visitor;
}

/** @returns the path to go on to, or a whole response */
type Handler<Values> = (submission: Submission<Values>) => Promise<string | Response>;

/** @returns what was posted, or the refusal of what no form of ours sends */
async function posted<Schema extends z.ZodType>(
  request: Request,
  { form, page, neverKept = [], bodyLimit }: Form<Schema>,
): Promise<PostedForm | Response> {
  if (!isFromOwnOrigin(request.headers, config().appUrl)) return refusal('cross_site_request');
  const data = await readForm(request, bodyLimit);
  if (!data) return refusal('bad_request');
  const typed: Fields = Object.fromEntries(data);
  return new PostedForm(form, typeof page === 'string' ? page : page(typed), typed, neverKept);
}

/** @returns who sent it, or the answer to somebody who may not, or of whom nothing can be known now */
async function admitted(sent: PostedForm): Promise<Pick<Submission<never>, 'principal' | 'live'> | Response> {
  const current = await guardedSession();
  if (current.kind === 'unavailable') return sent.refused('user_pool_unavailable');
  if (current.kind !== 'live') {
    countRefusal('not_signed_in', 'form');
    const { page } = sent;
    const path = current.kind === 'signed_out' ? endedSessionPath(page) : signInPath({ returnTo: page });
    return seeOther(path, config().appUrl);
  }
  if (!current.confirmed) return sent.refused('database_unavailable');
  const principal = principalOfSession(current);
  const judgement = judge(pagePolicies[sent.form], principal, Math.floor(Date.now() / 1_000));
  if (isStepUp(judgement)) return await sent.steppedUp(judgement, principal.sub);
  return judgement === 'allowed' ? { principal, live: current } : refusal('forbidden');
}

/**
 * Wraps the route handler that a form of a page posts to. It runs only for somebody who is signed in, whom the policy
 * allows, whose session the registry confirms, and whose input is valid. What was typed is kept while the person signs in
 * again because the policy asks for it, and is shown to them with the reason when it was not carried out (`error` and
 * `kept` in the page's address). It is lost with a session that has ended: nobody knows any more whose it is.
 * @returns a handler for POST that answers 303, or 403 to another site and to whom the policy refuses, or 400 to what
 * no form sends
 */
export function withForm<Schema extends z.ZodType>(
  form: Form<Schema>,
  handle: Handler<z.output<Schema>>,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const sent = await posted(request, form);
    if (sent instanceof Response) return sent;
    const sender = await admitted(sent);
    if (sender instanceof Response) return sender;
    const { sub } = sender.principal;
    const parsed = form.fields.safeParse(sent.typed);
    if (!parsed.success) return await sent.returned('bad_request', sub);
    try {
      const answer = await handle({ ...sender, fields: parsed.data, visitor: visitorOf(request.headers) });
      return typeof answer === 'string' ? seeOther(answer, config().appUrl) : answer;
    } catch (error) {
      if (error instanceof AppError) return await sent.returned(error.code, sub);
      throw error;
    }
  };
}

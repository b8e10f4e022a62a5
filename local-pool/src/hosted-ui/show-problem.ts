import type { Context } from 'hono';
import type { UserPool } from '../model/user-pool.ts';
import { type PageStatus, pageResponse } from './page-response.ts';
import { type ProblemView, problemView } from './views/problem-view.ts';

/** Answers with a problem page; `userPool` is absent where the address names none that exists. */
export function showProblem(
  context: Context,
  userPool: UserPool | undefined,
  status: PageStatus,
  problem: Omit<ProblemView, 'brand'>,
): Promise<Response> {
  return pageResponse(
    context,
    problemView({ ...problem, brand: userPool?.name ?? 'Local user pool' }),
    status,
  );
}

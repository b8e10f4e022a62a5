import type { Context } from 'hono';
import { confirmSignUp } from '../model/confirm-sign-up.ts';
import type { HostedUi } from './hosted-ui-context.ts';
import { pageResponse } from './page-response.ts';
import { refusalOf } from './refusal.ts';
import { showProblem } from './show-problem.ts';
import { confirmedView } from './views/confirmed-view.ts';

/**
 * `GET /confirmUser?client_id=&user_name=&confirmation_code=`: the target of the verification link in a message
 * (Cognito: CONFIRM_WITH_LINK). It belongs to no authorization request and signs nobody in.
 */
export function confirmByLink({ pool }: HostedUi): (context: Context) => Promise<Response> {
  return async (context) => {
    const {
      client_id: clientId = '',
      user_name: username = '',
      confirmation_code: code = '',
    } = context.req.query();
    const userPool = pool.userPool(context.req.param('userPoolId') ?? '');
    const client = pool.appClient(clientId);
    if (userPool === undefined || client?.userPoolId !== userPool.id)
      return showProblem(context, userPool, 400, {
        heading: 'Something went wrong',
        message: 'This link is not complete or belongs to another user pool.',
      });
    const outcome = await refusalOf(() => confirmSignUp(pool, userPool, client, { username, code }));
    return 'refusal' in outcome
      ? showProblem(context, userPool, 400, { heading: 'Not confirmed', message: outcome.refusal.message })
      : pageResponse(context, confirmedView(userPool.name, client.clientName));
  };
}

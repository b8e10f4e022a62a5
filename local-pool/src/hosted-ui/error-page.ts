import type { Context } from 'hono';
import type { HostedUi } from './hosted-ui-context.ts';
import { showProblem } from './show-problem.ts';

const explanations: Record<string, string> = {
  redirect_mismatch:
    'The address to return to is not among the callback URLs of the app client. It must match one of them exactly.',
  invalid_scope: 'The request asks for a scope that the app client may not have.',
};

const shown = [
  ['error', 'Error'],
  ['error_description', 'Description'],
  ['client_id', 'App client'],
] as const;

/** `GET /error`: problems that must not be sent to a redirect URI (Cognito: Managed login error responses). */
export function showError({ pool }: HostedUi): (context: Context) => Promise<Response> {
  return (context) => {
    const error = context.req.query('error') ?? '';
    const details = shown.flatMap(([parameter, name]) => {
      const value = context.req.query(parameter);
      return value ? [{ name, value }] : [];
    });
    const explanation = Object.hasOwn(explanations, error) ? ` ${explanations[error]}` : '';
    // A client without a style for managed login is refused with 403, everything else with 400 (Cognito: Managed login branding).
    const status = error === 'unauthorized_client' ? 403 : 400;
    return showProblem(context, pool.userPool(context.req.param('userPoolId') ?? ''), status, {
      heading: 'Something went wrong',
      message: `An error was encountered with the requested page.${explanation}`,
      details,
    });
  };
}

import type { Context } from 'hono';
import { answerAuthorizeError } from '../hosted-ui/answer-authorize-error.ts';
import type { LocalPool } from '../local-pool.ts';
import type { UserPool } from '../model/user-pool.ts';
import { finishFederation } from './finish.ts';
import { oidcIdentity } from './oidc/identity.ts';
import { recogniseReturn, showUnrecognised } from './returning-browser.ts';
import { samlIdentity } from './saml/identity.ts';
import { idpInitiated } from './saml/idp-initiated.ts';

/** `GET /oauth2/idpresponse`: an OIDC or social provider's answer (Cognito: OIDC user pool IdP authentication flow). */
export async function answerOidcResponse(
  context: Context,
  pool: LocalPool,
  userPool: UserPool,
): Promise<Response> {
  const answer = new URL(context.req.url).searchParams;
  try {
    const returned = recogniseReturn(context, pool, userPool, answer.get('state') ?? '');
    if (returned === undefined || returned.provider.type === 'SAML')
      return showUnrecognised(context, userPool);
    const { provider, proof } = returned;
    const nonceLeaks = pool.quirks.leakedNonce && returned.authorize.nonce === undefined;
    const authorize = { ...returned.authorize, ...(nonceLeaks && { nonce: proof }) };
    return await finishFederation(context, pool, authorize, () =>
      oidcIdentity(pool, userPool, provider, answer, proof),
    );
  } catch (error) {
    return answerAuthorizeError(context, error);
  }
}

/** `POST /saml2/idpresponse`: a SAML provider's answer, asked for or not (Cognito: SAML session initiation). */
export async function answerSamlResponse(
  context: Context,
  pool: LocalPool,
  userPool: UserPool,
): Promise<Response> {
  const form = new URLSearchParams(await context.req.text());
  const samlResponse = form.get('SAMLResponse') ?? '';
  const relayState = form.get('RelayState') ?? '';
  try {
    const returned = recogniseReturn(context, pool, userPool, relayState);
    if (returned?.provider.type === 'SAML') {
      const { authorize, provider, proof } = returned;
      return await finishFederation(context, pool, authorize, () =>
        samlIdentity(pool, userPool, provider, samlResponse, proof),
      );
    }
    const begun = returned ? undefined : idpInitiated(pool, userPool, relayState);
    if (!begun) return showUnrecognised(context, userPool);
    return await finishFederation(context, pool, begun.authorize, () =>
      samlIdentity(pool, userPool, begun.provider, samlResponse, undefined),
    );
  } catch (error) {
    return answerAuthorizeError(context, error);
  }
}

import type { Context } from 'hono';
import type { LocalPool } from '../local-pool.ts';
import type { AppClient } from '../model/app-client.ts';
import type { User } from '../model/user.ts';
import type { UserPool } from '../model/user-pool.ts';
import { listAppClientDocuments } from '../store/app-clients.ts';
import { listGroupsOfUser } from '../store/groups.ts';
import { listIdentityPools } from '../store/identity-pools.ts';
import { listLiveBrowsers, listLiveSignIns } from '../store/live-sessions.ts';
import { listMessages } from '../store/messages.ts';
import { listNewestUsers } from '../store/user-list.ts';
import { countUsers } from '../store/user-pools.ts';
import { pageResponse } from './page-response.ts';
import type { OverviewClient, OverviewUser, OverviewUserPool } from './views/overview.ts';
import { overviewView } from './views/overview-view.ts';

/** How many users and sessions are shown: the page is as fast with 100,000 users as with ten. */
const MOST_SHOWN = 50;
const MOST_MESSAGES = 5;

/** `GET /`, with `userPoolId` where there are several: what this server holds, to look at and not to change. */
export function showOverview(pool: LocalPool): (context: Context) => Promise<Response> {
  return (context) => {
    const userPools = pool.userPools();
    const asked = pool.userPool(context.req.query('userPoolId') ?? '');
    const chosen = asked ?? userPools[0];
    return pageResponse(
      context,
      overviewView({
        userPools: userPools.map(({ id, name }) => ({ id, name, chosen: id === chosen?.id })),
        ...(chosen && { userPool: describe(pool, chosen) }),
        identityPools: listIdentityPools(pool, '', MOST_SHOWN),
        mostShown: MOST_SHOWN,
      }),
    );
  };
}

function describe(pool: LocalPool, userPool: UserPool): OverviewUserPool {
  const { id } = userPool;
  const clients = listAppClientDocuments(pool, id).flatMap(
    ({ document }) => pool.appClient(document.clientId) ?? [],
  );
  const clientNames = new Map(clients.map(({ clientId, clientName }) => [clientId, clientName]));
  return {
    id,
    name: userPool.name,
    issuer: userPool.issuer,
    mfa: userPool.mfaConfiguration,
    ...(userPool.domain && { domain: userPool.domain }),
    clients: clients.map((client) => describeClient(userPool, client)),
    userCount: countUsers(pool, id),
    users: listNewestUsers(pool, id, MOST_SHOWN).map((user) => describeUser(pool, user)),
    signIns: listLiveSignIns(pool, id, MOST_SHOWN).map((signIn) => ({
      ...signIn,
      client: clientNames.get(signIn.clientId) ?? signIn.clientId,
    })),
    browsers: listLiveBrowsers(pool, id, MOST_SHOWN),
    messages: listMessages(pool, { userPoolId: id, limit: MOST_MESSAGES }),
  };
}

function describeClient(userPool: UserPool, client: AppClient): OverviewClient {
  const { clientId, clientName, secrets, callbackUrls, allowedOAuthFlows } = client;
  const [redirectUri] = callbackUrls;
  const hasPages = userPool.domain !== undefined && allowedOAuthFlows.includes('code');
  const query = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirectUri ?? '',
  });
  return {
    id: clientId,
    name: clientName,
    secretCount: secrets.length,
    flows: [...client.explicitAuthFlows, ...allowedOAuthFlows],
    callbackUrls,
    ...(hasPages && redirectUri !== undefined && { signInPage: `/${userPool.id}/login?${query}` }),
  };
}

function describeUser(pool: LocalPool, user: User): OverviewUser {
  const { username, attributes, status, enabled, details, createdAt } = user;
  return {
    username,
    ...(attributes.email !== undefined && { email: attributes.email }),
    ...(attributes.phone_number !== undefined && { phoneNumber: attributes.phone_number }),
    status: enabled ? status : `${status}, disabled`,
    groups: listGroupsOfUser(pool, user.userPoolId, user.sub).map(({ name }) => name),
    mfa: details.mfaFactors ?? [],
    createdAt,
  };
}

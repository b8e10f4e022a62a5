import type { Config } from '../../lib/config.ts';
import { type AwsCredentials, appClientSubject, findAppClients } from './app-clients.ts';
import { accessTokenValidity } from './checks/access-token-validity.ts';
import { clientSecret } from './checks/client-secret.ts';
import { clock } from './checks/clock.ts';
import { database } from './checks/database.ts';
import { gatingAttributes } from './checks/gating-attributes.ts';
import { issuer } from './checks/issuer.ts';
import { keys } from './checks/keys.ts';
import { refreshTokenValidity } from './checks/refresh-token-validity.ts';
import { registeredUrls } from './checks/registered-urls.ts';
import { revocation } from './checks/revocation.ts';
import { rotation } from './checks/rotation.ts';
import { sessionSecret } from './checks/session-secret.ts';
import { signIn } from './checks/sign-in.ts';
import { userExistence } from './checks/user-existence.ts';
import { discover, discoveryUrl } from './discovery.ts';
import { examineAll, type Finding, problem, skipped } from './finding.ts';

const ofDeployment = [sessionSecret, database];
const ofUserPool = [issuer, keys, clock, signIn, clientSecret];
const ofAppClient = [
  registeredUrls,
  rotation,
  revocation,
  refreshTokenValidity,
  accessTokenValidity,
  userExistence,
  gatingAttributes,
];

export interface Deployment {
  config: Config;
  /** Where the local pool is to be, when it stands in for a user pool. */
  localPool?: string | undefined;
  /** Absent = the default chain of the AWS SDK. */
  credentials?: AwsCredentials | undefined;
  /** This machine's clock, in milliseconds since the epoch. */
  now?: () => number;
}

async function* examineAppClients({ config, credentials }: Deployment): AsyncGenerator<Finding> {
  const answer = await findAppClients(config, credentials);
  if (answer.kind === 'unknown')
    return yield {
      check: 'app client',
      ...skipped(`its settings were not looked at: ${answer.reason}`),
    };
  if (answer.missing.length > 0)
    yield {
      check: 'app client',
      ...problem(
        `${config.userPoolId} has no app client ${answer.missing.join(', ')}`,
        'Compare COGNITO_CLIENT_ID and COGNITO_API_CLIENT_IDS with the user pool, and the AWS account with its own.',
      ),
    };
  const subject = appClientSubject(config, answer.clients);
  if (subject) yield* examineAll(ofAppClient, subject);
}

/** Everything that can be found out about a deployment, in the order in which it is worth knowing. Changes nothing. */
export async function* examine(deployment: Deployment): AsyncGenerator<Finding> {
  const { config, localPool, now = Date.now } = deployment;
  yield* examineAll(ofDeployment, config);
  const discovery = await discover(config, now);
  if (discovery.kind === 'unreachable') {
    const unanswered = localPool
      ? problem(`the local pool is to stand in, and nothing answers at ${localPool}`, 'Run `npm run pool`.')
      : problem(
          `${discoveryUrl(config)} does not answer (${discovery.reason})`,
          'Compare COGNITO_USER_POOL_ID, and see that this machine reaches the address.',
        );
    return yield { check: 'user pool', ...unanswered };
  }
  yield* examineAll(ofUserPool, { config, discovery });
  yield* examineAppClients(deployment);
}

import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { changeAppClient, changeUserPool } from '../configuration/find-document.ts';
import { ClientIdType, UserPoolIdType } from './shapes.ts';
import { timestamp } from './user-type.ts';

const settings = z.record(z.string(), z.unknown()).optional();

/** Kept and given back: the local pool assesses no risk (Cognito: SetRiskConfiguration). */
export const operation = signedOperation(
  z.object({
    UserPoolId: UserPoolIdType,
    ClientId: ClientIdType.optional(),
    CompromisedCredentialsRiskConfiguration: settings,
    AccountTakeoverRiskConfiguration: settings,
    RiskExceptionConfiguration: settings,
  }),
  (pool, { UserPoolId, ClientId, ...given }) => {
    const riskConfiguration = { ...given, LastModifiedDate: timestamp(pool.clock.now()) };
    if (ClientId === undefined)
      changeUserPool(pool, UserPoolId, (document) => ({ ...document, riskConfiguration }));
    else changeAppClient(pool, UserPoolId, ClientId, (document) => ({ ...document, riskConfiguration }));
    return { RiskConfiguration: { UserPoolId, ClientId, ...riskConfiguration } };
  },
);

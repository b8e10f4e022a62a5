import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { updateDomain } from '../configuration/configure-domain.ts';
import { CustomDomainConfigType, DomainType, domainAnswer, ManagedLoginVersionType } from './domain-type.ts';
import { UserPoolIdType } from './shapes.ts';

/** Cognito: UpdateUserPoolDomain. */
export const operation = signedOperation(
  z.object({
    Domain: DomainType,
    UserPoolId: UserPoolIdType,
    ManagedLoginVersion: ManagedLoginVersionType.optional(),
    CustomDomainConfig: CustomDomainConfigType.optional(),
  }),
  (pool, { Domain, UserPoolId, ManagedLoginVersion, CustomDomainConfig }) =>
    domainAnswer(
      pool,
      updateDomain(pool, UserPoolId, Domain, {
        ...(ManagedLoginVersion && { managedLoginVersion: ManagedLoginVersion }),
        ...(CustomDomainConfig && { certificateArn: CustomDomainConfig.CertificateArn }),
      }),
    ),
);

import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { createDomain } from '../configuration/configure-domain.ts';
import { CustomDomainConfigType, DomainType, domainAnswer, ManagedLoginVersionType } from './domain-type.ts';
import { UserPoolIdType } from './shapes.ts';

/** A domain gives the pool its pages and OAuth endpoints, under the pool's ID (Cognito: CreateUserPoolDomain). */
export const operation = signedOperation(
  z.object({
    Domain: DomainType,
    UserPoolId: UserPoolIdType,
    ManagedLoginVersion: ManagedLoginVersionType.optional(),
    CustomDomainConfig: CustomDomainConfigType.optional(),
  }),
  (pool, { Domain, UserPoolId, ManagedLoginVersion = 1, CustomDomainConfig }) => {
    const domain = {
      name: Domain,
      managedLoginVersion: ManagedLoginVersion,
      ...(CustomDomainConfig && { certificateArn: CustomDomainConfig.CertificateArn }),
    };
    createDomain(pool, UserPoolId, domain);
    return domainAnswer(pool, domain);
  },
);

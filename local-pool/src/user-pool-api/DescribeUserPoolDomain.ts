import { z } from 'zod';
import { accountId } from '../account.ts';
import { signedOperation } from '../aws-json/operation.ts';
import { findByDomain } from '../configuration/configure-domain.ts';
import { DomainType } from './domain-type.ts';

/** An unknown domain has an empty description, which tools rely on (Cognito: DescribeUserPoolDomain). */
export const operation = signedOperation(z.object({ Domain: DomainType }), (pool, { Domain }) => {
  const userPool = findByDomain(pool, Domain);
  const domain = userPool?.domains.find(({ name }) => name === Domain);
  if (!userPool || !domain) return { DomainDescription: {} };
  const { certificateArn, managedLoginVersion } = domain;
  return {
    DomainDescription: {
      UserPoolId: userPool.id,
      AWSAccountId: accountId,
      Domain,
      Status: 'ACTIVE',
      ManagedLoginVersion: managedLoginVersion,
      ...(certificateArn !== undefined && {
        CloudFrontDistribution: new URL(pool.baseUrl).host,
        CustomDomainConfig: { CertificateArn: certificateArn },
      }),
    },
  };
});

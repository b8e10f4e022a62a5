import { z } from 'zod';
import { text } from '../aws-json/shapes.ts';
import { ArnType } from '../configuration/lambda-config-shape.ts';
import type { UserPoolDomainDocument } from '../configuration/user-pool-document.ts';
import type { LocalPool } from '../local-pool.ts';

/** With dots, which the model's own pattern has not: custom domains have them, and AWS takes them. */
export const DomainType = text({
  min: 1,
  max: 63,
  pattern: String.raw`^[a-z0-9](?:[a-z0-9\-.]{0,61}[a-z0-9])?$`,
});
export const ManagedLoginVersionType = z.union([z.literal(1), z.literal(2)]);
export const CustomDomainConfigType = z.object({ CertificateArn: ArnType });

/** A custom domain is served by a distribution, here by this server. */
export function domainAnswer(pool: LocalPool, domain: UserPoolDomainDocument) {
  return {
    ManagedLoginVersion: domain.managedLoginVersion,
    ...(domain.certificateArn !== undefined && { CloudFrontDomain: new URL(pool.baseUrl).host }),
  };
}

import { accountId } from '../account.ts';
import { secondsNow } from '../clock.ts';
import { assumedRoleArn, assumedRoleId, parseRoleArn } from '../identity-pool/role-arn.ts';
import { openSession } from '../identity-pool/session-token.ts';
import type { StsAction } from './action.ts';
import { StsError } from './sts-error.ts';

const SIGNATURE =
  /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/[^,\s]+, ?SignedHeaders=[^,\s]+, ?Signature=[0-9a-f]+$/;

/**
 * Whose credentials signed the request: the role of local credentials, or a made-up IAM user for any keys without a
 * session token. The signature itself is not checked (STS: GetCallerIdentity).
 */
export const getCallerIdentity: StsAction = (pool, { headers }) => {
  const authorization = headers.get('authorization');
  if (authorization === null)
    throw new StsError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403);
  const accessKeyId = SIGNATURE.exec(authorization)?.[1];
  if (accessKeyId === undefined)
    throw new StsError('IncompleteSignature', 'Authorization is no AWS Signature Version 4.', 403);
  const token = headers.get('x-amz-security-token');
  if (token === null) return LOCAL_USER;
  const session = openSession(pool, token);
  const role = session && parseRoleArn(session.roleArn);
  if (!role || session.accessKeyId !== accessKeyId)
    throw new StsError('InvalidClientTokenId', 'The security token included in the request is invalid.', 403);
  if (session.expiration <= secondsNow(pool.clock))
    throw new StsError('ExpiredToken', 'The security token included in the request is expired', 403);
  return {
    Arn: assumedRoleArn(role, session.roleSessionName),
    UserId: assumedRoleId(session.roleArn, session.roleSessionName),
    Account: role.account,
  };
};

const LOCAL_USER = {
  Arn: `arn:aws:iam::${accountId}:user/local`,
  UserId: 'AIDALOCALUSER00000000',
  Account: accountId,
};

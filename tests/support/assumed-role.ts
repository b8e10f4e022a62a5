import { STS } from '@aws-sdk/client-sts';

interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
}

/** @returns the ARN of the role session that credentials are of, as the STS at an endpoint tells it */
export async function assumedRole(endpoint: string, credentials: Keys): Promise<string> {
  const sts = new STS({ endpoint, region: 'us-east-1', credentials });
  try {
    return (await sts.getCallerIdentity()).Arn ?? '';
  } finally {
    sts.destroy();
  }
}

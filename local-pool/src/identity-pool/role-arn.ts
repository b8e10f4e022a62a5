import { createHash } from 'node:crypto';

/** The parts of a role's ARN, `arn:{partition}:iam::{account}:role/{path}{name}` (IAM: ARNs). */
export interface RoleArn {
  partition: string;
  account: string;
  name: string;
}

/** Takes a role's ARN apart. @returns undefined for other text */
export function parseRoleArn(arn: string): RoleArn | undefined {
  const found = /^arn:([\w-]+):iam::(\d{12}):role\/(?:[\x21-\x7e]*\/)?([\w+=,.@-]{1,64})$/.exec(arn);
  return found ? { partition: found[1] ?? '', account: found[2] ?? '', name: found[3] ?? '' } : undefined;
}

/** `arn:aws:sts::{account}:assumed-role/{role}/{session}`, without the role's path (STS: AssumedRoleUser). */
export function assumedRoleArn({ partition, account, name }: RoleArn, session: string): string {
  return `arn:${partition}:sts::${account}:assumed-role/${name}/${session}`;
}

/** `AROA…:{session}`: the role's unique ID, which the local pool derives from the ARN, and the session's name. */
export function assumedRoleId(roleArn: string, session: string): string {
  const hash = createHash('sha256').update(roleArn).digest('hex').toUpperCase();
  return `AROA${hash.slice(0, 17)}:${session}`;
}

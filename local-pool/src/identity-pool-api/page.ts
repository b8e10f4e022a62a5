import { invalidParameter } from '../identity-pool/refusals.ts';

/**
 * Where a list goes on, of a NextToken.
 * @returns '' for the beginning
 * @throws CognitoError InvalidParameterException for a token that no page ended with
 */
export function positionOf(nextToken: string | undefined): string {
  if (nextToken === undefined) return '';
  const position = Buffer.from(nextToken, 'base64url').toString('utf8');
  if (tokenOf(position) !== nextToken) throw invalidParameter('Invalid pagination token.');
  return position;
}

/**
 * Cuts a page from one member more than it holds, so that the last page is known for it.
 * @param position of a member, for `positionOf`
 */
export function pageOf<Member>(
  members: readonly Member[],
  limit: number,
  position: (member: Member) => string,
): { page: Member[]; next: { NextToken?: string } } {
  const page = members.slice(0, limit);
  const last = members.length > limit ? page.at(-1) : undefined;
  return { page, next: last === undefined ? {} : { NextToken: tokenOf(position(last)) } };
}

function tokenOf(position: string): string {
  return Buffer.from(position).toString('base64url');
}

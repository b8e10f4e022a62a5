import { CognitoError } from '../errors.ts';

export interface Page<Item> {
  items: Item[];
  /** Absent on the last page. */
  nextToken?: string;
}

/** Up to `count` items whose key is greater than `after`, in the order of their keys. */
export type Fetch<Item> = (after: string, count: number) => Item[];

export interface PageRequest {
  /** Zero and absent ask for the most there can be. */
  limit: number | undefined;
  most: number;
  token: string | undefined;
}

const MARK = 'after:';

/**
 * One page of a list, and the opaque token of the next. A token stays good while items come and go.
 * @param keyOf what the items are ordered by, unique among them
 * @throws CognitoError InvalidParameterException for a token that no page gave
 */
export function page<Item>(
  fetch: Fetch<Item>,
  keyOf: (item: Item) => string,
  { limit, most, token }: PageRequest,
): Page<Item> {
  const size = limit || most;
  const found = fetch(token === undefined ? '' : keyIn(token), size + 1);
  const items = found.slice(0, size);
  const last = items.at(-1);
  return found.length > size && last !== undefined
    ? { items, nextToken: Buffer.from(MARK + keyOf(last)).toString('base64url') }
    : { items };
}

/** Fetches from a list that is at hand, in any order. */
export function fromList<Item>(list: readonly Item[], keyOf: (item: Item) => string): Fetch<Item> {
  return (after, count) =>
    list
      .filter((item) => keyOf(item) > after)
      .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
      .slice(0, count);
}

function keyIn(token: string): string {
  const text = Buffer.from(token, 'base64url').toString('utf8');
  const key = text.slice(MARK.length);
  if (!text.startsWith(MARK) || key === '' || Buffer.from(text).toString('base64url') !== token)
    throw new CognitoError('InvalidParameterException', 'Invalid pagination token');
  return key;
}

import { describe, expect, it } from 'vitest';
import { fromList, page } from '../../../local-pool/src/model/page.ts';

const keyOf = (name: string): string => name;
const pageOf = (list: string[], limit?: number, token?: string) =>
  page(fromList(list, keyOf), keyOf, { limit, most: 3, token });

/** Every page of a list, whose items may come and go in between. */
function pages(list: string[], limit?: number, between: () => void = () => {}): string[][] {
  const all: string[][] = [];
  let token: string | undefined;
  do {
    const { items, nextToken } = pageOf(list, limit, token);
    all.push(items);
    token = nextToken;
    between();
  } while (token !== undefined);
  return all;
}

describe('pages of a list', () => {
  it('are in the order of their keys and hold each item once', () => {
    expect(pages(['c', 'a', 'e', 'b', 'd'], 2)).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
    expect(pages(['c', 'a', 'd', 'b'], 2)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(pages([])).toEqual([[]]);
  });

  it('have the most items where no limit is given, or zero', () => {
    expect(pages(['a', 'b', 'c', 'd'])).toEqual([['a', 'b', 'c'], ['d']]);
    expect(pages(['a', 'b', 'c', 'd'], 0)).toEqual([['a', 'b', 'c'], ['d']]);
  });

  it('go on where they were when the item before them is gone', () => {
    const list = ['a', 'b', 'c', 'd'];
    expect(pages(list, 2, () => list.splice(list.indexOf('b'), 1))).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('take keys of any letters', () => {
    expect(pages(['ä', '日本', '🙂'], 1)).toEqual([['ä'], ['日本'], ['🙂']]);
  });

  it.each([
    '',
    'x',
    'garbage',
    Buffer.from('after:').toString('base64url'),
    Buffer.from('a').toString('base64url'),
  ])('are refused for the token "%s"', (token) => {
    expect(() => pageOf(['a'], 1, token)).toThrow('Invalid pagination token');
  });

  it('are refused for a token with anything added', () => {
    const { nextToken = '' } = pageOf(['a', 'b'], 1);
    expect(() => pageOf(['a', 'b'], 1, `${nextToken}=`)).toThrow('Invalid pagination token');
    expect(() => pageOf(['a', 'b'], 1, `${nextToken}!`)).toThrow('Invalid pagination token');
  });
});

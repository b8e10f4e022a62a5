import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { caseGroups, untested } from '../support/security-cases.ts';
import { securityTable, tableFile, testsOfCases, titledTests } from '../support/security-table.ts';

const ids = caseGroups.flatMap(({ cases }) => Object.keys(cases));
const tests = testsOfCases();

it('sees every form of title', () => {
  const source = [
    "it('BS-01 in a plain call', () => {});",
    'test("OF-02 it\'s in other quotes", () => {});',
    "test('OF-03 it\\'s escaped', () => {});",
    "describe('RR-01', () => {});",
    `it(\`TV-05 \${name} of a template\`, () => {});`,
    "it.each(rows)(\n  'API-02 %s on a line of its own, $id and %j',",
    "it('E.1 LP-14 after the mark of the contract suite', () => {});",
    "it('is about BS-09, and no test of it', () => {});",
    '// it is said (BS-10) in a comment',
  ].join('\n');
  expect(titledTests(source).map(({ id, title }) => `${id} ${title}`)).toEqual([
    'BS-01 in a plain call',
    "OF-02 it's in other quotes",
    "OF-03 it's escaped",
    'RR-01 ',
    'TV-05 … of a template',
    'API-02 … on a line of its own, … and …',
    'LP-14 after the mark of the contract suite',
  ]);
});

it('there are 119 cases, each under one ID', () => {
  expect(new Set(ids).size).toBe(119);
  expect(ids).toHaveLength(119);
});

it('every ID in a title is the ID of a case', () => {
  expect([...tests.keys()].filter((id) => !ids.includes(id))).toEqual([]);
});

it('every case has a test, or a reason why not', () => {
  expect(ids.filter((id) => !tests.has(id) && !untested[id])).toEqual([]);
});

it('a reason goes when the test comes', () => {
  expect(Object.keys(untested).filter((id) => tests.has(id) || !ids.includes(id))).toEqual([]);
});

it('docs/security.md is up to date', () => {
  const written = readFileSync(tableFile, 'utf8');
  expect(written === securityTable(tests), 'run node scripts/security-table.ts').toBe(true);
});

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { caseGroups, untested } from './security-cases.ts';

const root = join(import.meta.dirname, '../..');

/** Where `node scripts/security-table.ts` writes. */
export const tableFile = join(root, 'docs/security.md');

export interface TitledTest {
  id: string;
  /** What follows the ID; empty for a group of tests that is called by the ID alone. */
  title: string;
}

const prefixes = new Set(
  caseGroups.flatMap(({ cases }) => Object.keys(cases)).map((id) => id.slice(0, id.indexOf('-'))),
);

/** A title: the first argument of a call, in any quotes, that begins with an ID, or with the mark of the contract suite. */
const titles = new RegExp(
  String.raw`\(\s*(['"\`])(?:E\.\d )?((?:${[...prefixes].join('|')})-\d+)\b((?:\\.|(?!\1)[^\\\n])*)\1`,
  'g',
);

/** What differs from row to row of a table of tests. */
const placeholders = /\$\{[^}]*\}|\$[\w.]+|%[sdifjo]/g;

/** @returns the cases that a test file names in its titles, in its own order */
export const titledTests = (source: string): TitledTest[] =>
  [...source.matchAll(titles)].map(([, , id = '', text = '']) => ({
    id,
    title: text.replaceAll(placeholders, '…').replaceAll(/\\(.)/g, '$1').trim(),
  }));

/** The titles of each case, by file. */
export type TestsOfCases = Map<string, Map<string, string[]>>;

/** Its titles are made up. */
const ownTest = 'tests/unit/security-table.test.ts';

/** Reads every test file of the repository. */
export function testsOfCases(): TestsOfCases {
  const cases: TestsOfCases = new Map();
  for (const file of globSync('tests/**/*.{test,spec}.ts', { cwd: root, exclude: [ownTest] }).sort()) {
    for (const { id, title } of titledTests(readFileSync(join(root, file), 'utf8'))) {
      const files = cases.get(id) ?? new Map<string, string[]>();
      const known = files.get(file) ?? [];
      cases.set(id, files.set(file, title && !known.includes(title) ? [...known, title] : known));
    }
  }
  return cases;
}

/** Text that Markdown would take for its own. */
const escaped = (text: string): string => text.replaceAll(/[\\`*_[\]<>|]/g, '\\$&');

function linesOf(id: string, statement: string, tests: TestsOfCases): string[] {
  const files = [...(tests.get(id) ?? [])].map(([file, titled]) => {
    const list = titled.length > 0 ? `: ${titled.map(escaped).join('; ')}` : '';
    return `- [${file.replace('tests/', '')}](../${file})${list}`;
  });
  const reason = untested[id];
  const none = reason ? [`- No test yet: ${reason}`] : [];
  return [`**${id}** ${statement}`, '', ...files, ...none, ''];
}

/** The page of all cases and their tests, in Markdown. */
export function securityTable(tests: TestsOfCases): string {
  return [
    '# Security and fault cases, and their tests',
    '',
    'Written by `node scripts/security-table.ts` from [the cases](../tests/support/security-cases.ts) and the titles of',
    'the tests, which begin with the ID of their case. What is promised on top of this is in',
    '[the threat model](threat-model.md).',
    '',
    ...caseGroups.flatMap(({ title, cases }) => [
      `## ${title}`,
      '',
      ...Object.entries(cases).flatMap(([id, statement]) => linesOf(id, statement, tests)),
    ]),
  ]
    .join('\n')
    .replace(/\n+$/, '\n');
}

import { existsSync, globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const find = (pattern: string) => globSync(pattern, { cwd: root, exclude: ['**/node_modules/**'] }).sort();

const application = [...find('{app,lib}/**/*.{ts,tsx}'), 'middleware.ts', 'instrumentation.ts'];
const localPool = find('local-pool/**/*.ts');
const contractSuite = find('tests/contract/**/*.ts');
const text = (file: string): string => readFileSync(join(root, file), 'utf8');

interface Import {
  specifier: string;
  /** Gone before the code runs. */
  erased: boolean;
}

function importsIn(source: string): Import[] {
  const statements = source.matchAll(
    /^(?:import|export)\s+(type\s)?(?:[\w*\s{},$]+?\sfrom\s+)?['"]([^'"]+)['"]/gm,
  );
  const calls = source.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g);
  return [
    ...[...statements].map(([, type, specifier = '']) => ({ specifier, erased: type !== undefined })),
    ...[...calls].map(([, specifier = '']) => ({ specifier, erased: false })),
  ];
}

const importsOf = (file: string): Import[] => importsIn(text(file));

/** The file of this repository that a specifier means; undefined for a package. */
function target(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('#lib/')) return specifier.replace('#', '');
  if (specifier.startsWith('#components/')) return specifier.replace('#components', 'app/_components');
  return specifier.startsWith('.') ? normalize(join(dirname(file), specifier)) : undefined;
}

const targetsOf = (file: string): string[] =>
  importsOf(file).flatMap(({ specifier }) => target(file, specifier) ?? []);

/** Everything that is loaded with a file, itself and the packages it needs included. */
function loadedWith(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const { specifier, erased } of importsOf(file)) {
    if (erased) continue;
    const next = target(file, specifier);
    if (next === undefined) seen.add(specifier);
    else loadedWith(next, seen);
  }
  return seen;
}

/** From the ground up: a file imports from its own layer and from those before it. Scripts anywhere use the first. */
const layers = [
  ['lib/client/'],
  [
    'lib/errors.ts',
    'lib/log.ts',
    'lib/bounded-map.ts',
    'lib/remembering.ts',
    'lib/single-flight.ts',
    'lib/process-wide.ts',
    'lib/request-scope.ts',
  ],
  ['lib/config.ts', 'lib/config/'],
  ['lib/http/', 'lib/data/', 'lib/telemetry/'],
  ['lib/cognito/', 'lib/readiness.ts'],
  ['lib/machine/'],
  ['lib/session/'],
  ['lib/access/'],
  ['lib/notes/'],
  ['lib/api/'],
  ['lib/check-config.ts', 'app/', 'middleware.ts', 'instrumentation.ts'],
];
const layerOf = (file: string): number =>
  layers.findIndex((layer) =>
    layer.some((part) => (part.endsWith('/') ? file.startsWith(part) : file === part)),
  );

const violations = (files: string[], isWrong: (file: string, target: string) => boolean): string[] =>
  files.flatMap((file) =>
    targetsOf(file)
      .filter((to) => isWrong(file, to))
      .map((to) => `${file} imports ${to}`),
  );

describe('the reader of imports', () => {
  it('sees every form of import', () => {
    const source = [
      "import './globals.css';",
      "import a from 'a';",
      "import type { B } from 'b';",
      'import {\n  c,\n  type D,\n} from "c";',
      "import * as e from 'e';",
      "export { f } from 'f';",
      "export * from 'g';",
      "const h = await import('h');",
    ].join('\n');
    expect(importsIn(source).map(({ specifier }) => specifier)).toEqual([
      './globals.css',
      'a',
      'b',
      'c',
      'e',
      'f',
      'g',
      'h',
    ]);
    expect(importsIn(source).filter(({ erased }) => erased)).toEqual([{ specifier: 'b', erased: true }]);
  });

  it('finds the application and the local pool', () => {
    expect(application.length).toBeGreaterThan(40);
    expect(localPool.length).toBeGreaterThan(40);
    expect(application.flatMap(importsOf).length).toBeGreaterThan(100);
  });
});

describe('imports', () => {
  it('nothing of the application imports the local pool', () => {
    expect(violations(application, (_, to) => to.startsWith('local-pool/'))).toEqual([]);
    expect(
      application.flatMap(importsOf).filter(({ specifier }) => specifier.includes('local-pool')),
    ).toEqual([]);
  });

  it('the local pool imports nothing from outside its own folder but packages', () => {
    expect(violations(localPool, (_, to) => !to.startsWith('local-pool/'))).toEqual([]);
    expect(localPool.flatMap(importsOf).filter(({ specifier }) => specifier.startsWith('#'))).toEqual([]);
  });

  it('the contract suite knows the local pool by its addresses alone', () => {
    expect(contractSuite.length).toBeGreaterThan(30);
    expect(violations(contractSuite, (_, to) => to.startsWith('local-pool/'))).toEqual([]);
    const loaded = contractSuite.flatMap((file) => [...loadedWith(file)]);
    expect(loaded.filter((name) => name.startsWith('local-pool') || name === '@cabana/local-pool')).toEqual(
      [],
    );
  });

  it('every file of the application lies in a layer', () => {
    expect(application.filter((file) => layerOf(file) === -1)).toEqual([]);
  });

  it('every arrow points down: app, access, session, cognito, http, config, errors and log', () => {
    expect(violations(application, (file, to) => layerOf(to) > layerOf(file))).toEqual([]);
  });

  it('every import of our own is written with its extension, without an alias of @, and leads to a file', () => {
    const own = [...application, ...localPool].flatMap((file) =>
      importsOf(file).map(({ specifier }) => ({ file, specifier, to: target(file, specifier) })),
    );
    expect(own.filter(({ specifier }) => /^(@|~)\//.test(specifier))).toEqual([]);
    const wrong = own.filter(
      ({ to }) => to !== undefined && !(/\.(tsx?|css)$/.test(to) && existsSync(join(root, to))),
    );
    expect(wrong).toEqual([]);
  });

  it('next/link is imported by the one link of the application, or by nothing', () => {
    const importers = application.filter((file) =>
      importsOf(file).some(({ specifier }) => specifier === 'next/link'),
    );
    expect(importers.filter((file) => file !== 'app/_components/page-link.tsx')).toEqual([]);
  });
});

describe('the edge middleware', () => {
  const loaded = [...loadedWith('middleware.ts')];

  it('loads the whole way of a session', () => {
    for (const file of ['lib/access/gate.ts', 'lib/session/refresh.ts', 'lib/cognito/token-verifier.ts'])
      expect(loaded).toContain(file);
  });

  it('loads no module of Node.js but one, and nothing that only a page may call', () => {
    // The edge runtime of Next.js has this one as well; the id of a request is kept in it.
    const isNode = (specifier: string) =>
      specifier !== 'node:async_hooks' &&
      (specifier.startsWith('node:') || builtinModules.includes(specifier));
    expect(loaded.filter(isNode)).toEqual([]);
    for (const name of ['next/headers', 'next/navigation', 'next-auth', 'react'])
      expect(loaded).not.toContain(name);
  });
});

describe('telemetry', () => {
  const importers = application.filter((file) =>
    importsOf(file).some(({ specifier }) => specifier.startsWith('@opentelemetry/')),
  );
  const loadedWithoutAsking = [...application.filter((file) => file.startsWith('app/')), 'middleware.ts'];

  it('OpenTelemetry is imported by the part that sends, which the start alone loads', () => {
    expect(importers).toContain('lib/telemetry/start.ts');
    expect(importers.filter((file) => !file.startsWith('lib/telemetry/'))).toEqual([]);
    const loading = application.filter((file) => targetsOf(file).includes('lib/telemetry/start.ts'));
    expect(loading).toEqual(['instrumentation.ts']);
    expect(text('instrumentation.ts')).toContain("await import('#lib/telemetry/start.ts')");
  });

  it('nothing of it is loaded with a page, a route handler or the middleware', () => {
    const loaded = loadedWithoutAsking.flatMap((file) => [...loadedWith(file)]);
    expect(loaded).toContain('lib/telemetry/sink.ts');
    expect(loaded.filter((name) => name.startsWith('@opentelemetry/'))).toEqual([]);
  });
});

describe('settings', () => {
  it('only lib/config.ts reads the environment', () => {
    const readers = application.filter((file) =>
      /\bprocess\.env\b|\bimport\.meta\.env\b|from 'node:process'/.test(text(file)),
    );
    expect(readers.sort()).toEqual(['instrumentation.ts', 'lib/config.ts']);
    expect(text('instrumentation.ts').match(/process\.env\.\w+/g)).toEqual(['process.env.NEXT_RUNTIME']);
  });

  it('nothing but lib/config asks whether the user pool is a local one', () => {
    const asking = application.filter((file) => /localhost|127\.0\.0\.1|loopback\b|9229/i.test(text(file)));
    expect(asking).toContain('lib/config/urls.ts');
    expect(asking.filter((file) => !file.startsWith('lib/config/'))).toEqual([]);
  });
});

describe('forms', () => {
  const handlers = application.filter(
    (file) => file.endsWith('/route.ts') && /\bPOST\b/.test(text(file)) && !file.startsWith('app/api/'),
  );

  it('no file has a server action: forms post to route handlers, which are guarded in one way', () => {
    expect(application.filter((file) => /^\s*['"]use server['"]/m.test(text(file)))).toEqual([]);
  });

  it('every handler of a form but the sign-out calls its guard', () => {
    expect(handlers).toContain('app/sign-out/route.ts');
    const unguarded = handlers.filter((file) => !/\bPOST = withForm\(/.test(text(file)));
    expect(unguarded).toEqual(['app/sign-out/route.ts']);
  });
});

import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** What talks to the running application, and therefore needs a build of it first. */
const throughTheApplication = [
  'tests/attack/{browser-session,oauth-flow,refresh,sign-out,bearer-api}/**/*.test.ts',
  'tests/fault/application*.test.ts',
  'tests/clients/**/*.test.ts',
];

const patience = { testTimeout: 15_000, hookTimeout: 30_000 };

export default defineConfig({
  test: {
    // What the application logs in a test that holds is of no interest.
    silent: 'passed-only',
    // Tests wait for servers more than they compute: one file at a time leaves a machine of two processors idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          name: 'parts',
          include: ['tests/{unit,integration,attack,fault}/**/*.test.ts'],
          exclude: throughTheApplication,
          ...patience,
        },
      },
      {
        test: {
          name: 'application',
          include: throughTheApplication,
          globalSetup: 'tests/support/global-setup.ts',
          // Each file starts an application of its own, and some wait for what takes five seconds to be given up.
          testTimeout: 40_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'contract',
          include: ['tests/contract/**/*.test.ts'],
          // Real clients wait for real browsers, interpreters and time-outs.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/{unit,integration,attack,fault}/**/*.test.ts'],
    testTimeout: 15_000,
    hookTimeout: 30_000,
  },
});

import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/**', 'examples/**', 'scripts/**', 'apps/editor/**'].map(
            (path) => `${path}/*.test.{ts,tsx}`,
          ),
          testTimeout: 10_000,
        },
      },
      {
        test: {
          name: 'runtime',
          // Databases start in here.
          include: ['apps/runtime/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'system',
          // Whole processes, killed and started again: one file at a time, or they would measure each other.
          include: ['test/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // What another process or a browser is waited for; a busy machine takes longer than the usual second.
          expect: { poll: { timeout: 10_000 } },
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})

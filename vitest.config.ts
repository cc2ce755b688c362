import { defineConfig } from 'vitest/config'

const wholeProcesses = {
  testTimeout: 120_000,
  hookTimeout: 120_000,
  // What another process or a browser is waited for; a busy machine takes longer than the usual second.
  expect: { poll: { timeout: 10_000 } },
  isolate: false,
}

export default defineConfig({
  test: {
    globalSetup: 'apps/runtime/src/testing/shared-servers.ts',
    // Vitest would leave one processor to itself: on two that halves the pace.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/**', 'examples/**', 'scripts/**', 'apps/editor/**'].map(
            (path) => `${path}/*.test.{ts,tsx}`,
          ),
          // Properties of long texts take their time where other work runs beside.
          testTimeout: 30_000,
          // Modules are loaded once for all files of a worker: loading them took most of the time of these tests.
          isolate: false,
        },
      },
      {
        test: {
          name: 'runtime',
          // Databases start in here.
          include: ['apps/runtime/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          // What is looked at once a second may be seen a second late.
          expect: { poll: { timeout: 10_000 } },
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'system',
          // Whole processes, killed and started again. They wait for each other as much as they work.
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**'],
          ...wholeProcesses,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'browser',
          // A browser takes both processors for itself: two of them are no faster, and miss each other's deadlines.
          include: ['test/browser/**/*.test.ts'],
          ...wholeProcesses,
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
})

export * from './on-each-engine.ts'
export * from './test-engines.ts'

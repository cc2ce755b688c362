export * from './on-each-engine.ts'
export * from './rows.ts'
export * from './test-engines.ts'

export * from './field.ts'
export * from './issue-codes.ts'
export * from './registry.ts'

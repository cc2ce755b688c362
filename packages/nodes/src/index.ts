export * from './field.ts'
export * from './issue-codes.ts'
export * from './keyword/preview.ts'
export * from './registry.ts'

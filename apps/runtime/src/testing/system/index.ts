export * from './instance.ts'
export * from './node-process.ts'
export * from './storage.ts'
export * from './until.ts'

export * from './flow-around.ts'
export * from './session-on.ts'

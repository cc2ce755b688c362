export * from './flow-around.ts'
export * from './golden-cases.ts'
export * from './play-document.ts'
export * from './session-on.ts'

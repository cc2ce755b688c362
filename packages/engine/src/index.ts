export * from './compile.ts'
export * from './start.ts'
export * from './step.ts'
export * from './template.ts'

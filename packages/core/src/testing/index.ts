export * from './sample-flow.ts'
export * from './sample-nodes.ts'
export * from './stopped-clock.ts'

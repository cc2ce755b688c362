export * from './stopped-clock.ts'

export * from '../smpp/pretend/index.ts'
export { RecordingHost } from './recording-host.ts'

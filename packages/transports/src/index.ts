export { type HandsetListener, LoopbackLink } from './loopback/link.ts'
export { transportErrorCatalogue, transports, transportTypes } from './registry.ts'
export { type SmppConfig, smppConfigSchema } from './smpp/config.ts'
export { SmppLink, type SmppSurroundings } from './smpp/link.ts'

import { defineTransport } from '@textloom/core'
import { httpConfigSchema } from './config.ts'
import { HttpLink } from './link.ts'

/** Providers with an HTTP interface: what they are told, and what they bring, is described by settings. */
export const http = defineTransport({
  kind: 'http',
  config: httpConfigSchema,
  capabilities: { dlr: true, alphanumericSender: true, media: true },
  open: (linkId, config, host) => new HttpLink(linkId, config, host),
})

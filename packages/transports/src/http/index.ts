import { defineTransport } from '@textloom/core'
import { httpConfigSchema } from './config.ts'
import { HttpLink } from './link.ts'

/** Providers with an HTTP interface: what they are told, and what they bring, is described by settings. */
export const http = defineTransport({
  kind: 'http',
  config: httpConfigSchema,
  capabilities: { dlr: true, alphanumericSender: true, media: true },
  account({ preset, url, account }) {
    if (account === '') return undefined
    return `${url === undefined ? preset : new URL(url).host} ${account}`
  },
  open: (linkId, config, host) => new HttpLink(linkId, config, host),
})

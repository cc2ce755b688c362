import { defineTransport } from '@textloom/core'
import { FramedLink } from '../framed/link.ts'
import { ucpClient } from './client.ts'
import { ucpConfigSchema } from './config.ts'

/** UCP/EMI: textloom as a client of an SMSC by EMI/UCP 4.6. */
export const ucp = defineTransport({
  kind: 'ucp',
  config: ucpConfigSchema,
  capabilities: { dlr: true, alphanumericSender: true, media: false },
  account: ({ host, user }) => `${host.toLowerCase()} ${user}`,
  open: (linkId, config, host) =>
    new FramedLink(
      linkId,
      ucpClient(config, () => host.now()),
      config,
      host,
    ),
})

import { defineTransport } from '@textloom/core'
import { smppConfigSchema } from './config.ts'
import { SmppLink } from './link.ts'

/** SMPP 3.4: textloom as an ESME of an SMSC. */
export const smpp = defineTransport({
  kind: 'smpp',
  config: smppConfigSchema,
  capabilities: { dlr: true, alphanumericSender: true, media: false },
  account: ({ host, systemId }) => `${host.toLowerCase()} ${systemId}`,
  open: (linkId, config, host) => new SmppLink(linkId, config, host),
})

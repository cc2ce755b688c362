import { defineTransport } from '@textloom/core'
import { smppServerConfigSchema } from './config.ts'
import { SmppServerLink } from './link.ts'

/** SMPP 3.4 the other way round: other systems bind to textloom as their SMSC. */
export const smppServer = defineTransport({
  kind: 'smpp-server',
  config: smppServerConfigSchema,
  capabilities: { dlr: true, alphanumericSender: true, media: false },
  open: (linkId, config, host) => new SmppServerLink(linkId, config, host),
})

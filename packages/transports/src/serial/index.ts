import { defineTransport } from '@textloom/core'
import { serialConfigSchema } from './config.ts'
import { SerialLink } from './link.ts'

/** A GSM modem on a serial port, or on a terminal server, in PDU mode. */
export const serial = defineTransport({
  kind: 'serial',
  config: serialConfigSchema,
  capabilities: { dlr: true, alphanumericSender: false, media: false },
  open: (linkId, config, host) => new SerialLink(linkId, config, host),
})

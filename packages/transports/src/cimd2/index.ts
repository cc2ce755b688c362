import { defineTransport } from '@textloom/core'
import { FramedLink } from '../framed/link.ts'
import { cimd2Client } from './client.ts'
import { cimd2ConfigSchema } from './config.ts'

/** CIMD2: textloom as a client of a Nokia SMS Center. */
export const cimd2 = defineTransport({
  kind: 'cimd2',
  config: cimd2ConfigSchema,
  capabilities: { dlr: true, alphanumericSender: true, media: false },
  account: ({ host, user }) => `${host.toLowerCase()} ${user}`,
  open: (linkId, config, host) =>
    new FramedLink(
      linkId,
      cimd2Client(config, () => host.now()),
      config,
      host,
    ),
})

import { budgetSettings, defineTransport } from '@textloom/core'
import * as z from 'zod'
import { LoopbackLink } from './link.ts'

/** A link for trying things: `npx textloom phone` and the app's phone are its handsets. */
export const loopback = defineTransport({
  kind: 'loopback',
  config: z.strictObject(budgetSettings),
  capabilities: { dlr: true, alphanumericSender: true, media: false },
  open: (linkId, _config, host) => new LoopbackLink(linkId, host),
})

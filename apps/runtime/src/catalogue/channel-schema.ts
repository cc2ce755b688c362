import { idSchema } from '@textloom/core'
import * as z from 'zod'
import { channelConfigSchema } from '../host/channel-config.ts'

const linkIds = z
  .union([idSchema, z.array(idSchema).min(1)])
  .meta({ description: 'The link it is reached by, or several in fail-over order.' })

/** A channel as people write it, in TEXTLOOM_CONFIG and to `/channels` (CONTRACT §2). */
export const channelSchema = z.strictObject({
  id: idSchema,
  address: z
    .string()
    .regex(
      /^\+?[A-Za-z0-9][A-Za-z0-9 ._-]{0,20}$/,
      'must be a short code, a phone number or a word of up to 21 characters',
    )
    .meta({ description: 'What contacts text: a short code, a number or a word.' }),
  link: linkIds,
  ...channelConfigSchema.shape,
})

export type ChannelDeclaration = z.infer<typeof channelSchema>

/** A channel as its row has it. */
export interface ChannelValues {
  readonly id: string
  readonly address: string
  readonly links: readonly string[]
  readonly config: z.infer<typeof channelConfigSchema>
}

/** Takes a declaration apart into the columns of its row. */
export function channelValues({ id, address, link, ...config }: ChannelDeclaration): ChannelValues {
  return { id, address, links: typeof link === 'string' ? [link] : link, config }
}

/** Puts it together again, as it would be declared. */
export function channelDeclaration({ id, address, links, config }: ChannelValues): ChannelDeclaration {
  const [only = '', ...others] = links
  return { id, address, link: others.length === 0 ? only : [...links], ...config }
}

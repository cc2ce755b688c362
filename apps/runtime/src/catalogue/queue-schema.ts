import { idSchema } from '@textloom/core'
import * as z from 'zod'
import { queueConfigSchema } from '../host/queue-config.ts'

/** A queue as people write it, in TEXTLOOM_CONFIG and to `/queues`. */
export const queueSchema = z.strictObject({
  id: idSchema,
  name: z.string().trim().min(1).max(200),
  parent: idSchema
    .nullable()
    .optional()
    .meta({ description: 'The queue above it, which says what this one does not.' }),
  ...queueConfigSchema.shape,
})

export type QueueDeclaration = z.infer<typeof queueSchema>

/** A queue as its row has it. */
export interface QueueValues {
  readonly id: string
  readonly name: string
  readonly parentId: string | null
  readonly config: z.infer<typeof queueConfigSchema>
}

/** Takes a declaration apart into the columns of its row. */
export function queueValues({ id, name, parent = null, ...config }: QueueDeclaration): QueueValues {
  return { id, name, parentId: parent, config }
}

/** Puts it together again, as it would be declared. */
export function queueDeclaration({ id, name, parentId, config }: QueueValues): QueueDeclaration {
  return { id, name, ...(parentId !== null && { parent: parentId }), ...config }
}

import { idSchema, jsonSchemaOf, type TransportRegistry } from '@textloom/core'
import * as z from 'zod'
import { channelSchema } from '../catalogue/channel-schema.ts'
import { linkSchema } from '../catalogue/link-schema.ts'
import { queueSchema } from '../catalogue/queue-schema.ts'

const flowEntrySchema = z.strictObject({
  file: z.string().min(1).meta({ description: 'A flow document, relative to this file.' }),
  publish: z.boolean().optional().meta({ description: 'False keeps it a draft. Default false.' }),
  channels: z.array(idSchema).optional().meta({ description: 'Where it listens once it is published.' }),
})

/** The shape of the file that TEXTLOOM_CONFIG names (CONTRACT §2). */
export function configFileSchema(transports: TransportRegistry) {
  return z
    .strictObject({
      links: z.array(linkSchema(transports)).optional(),
      channels: z.array(channelSchema).optional(),
      queues: z.array(queueSchema).optional(),
      flows: z.array(flowEntrySchema).optional(),
    })
    .meta({ title: 'Textloom instance', description: 'What an instance is to have: TEXTLOOM_CONFIG.' })
}

/** Its JSON Schema, for editors and for `/schemas/config.json`. */
export function configFileJsonSchema(transports: TransportRegistry) {
  return jsonSchemaOf(configFileSchema(transports))
}

import { type AnyTransportType, idSchema, type TransportRegistry } from '@textloom/core'
import * as z from 'zod'

/** A link as people write it: its id, its kind, and beside them the settings of its transport. */
export interface LinkDeclaration {
  readonly id: string
  readonly kind: string
  readonly [setting: string]: unknown
}

/** The schema of `links[]` in TEXTLOOM_CONFIG and of what `/links` takes: one branch for each kind. */
export function linkSchema(transports: TransportRegistry): z.ZodType<LinkDeclaration> {
  const [first, ...others] = [...transports.values()].map(branchOf)
  if (first === undefined) throw new Error('No transports are registered.')
  return z.discriminatedUnion('kind', [first, ...others]) as unknown as z.ZodType<LinkDeclaration>
}

/** The schema of links of one kind. */
export function branchOf({ kind, config }: AnyTransportType): z.ZodObject {
  if (!(config instanceof z.ZodObject)) throw new Error(`The settings of transport "${kind}" are not an object.`)
  return z.strictObject({ id: idSchema, kind: z.literal(kind), ...config.shape })
}

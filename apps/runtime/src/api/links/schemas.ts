import { idSchema, type TransportRegistry } from '@textloom/core'
import * as z from 'zod'
import { branchOf } from '../../catalogue/link-schema.ts'
import { MOST } from './queue.ts'

const enabled = z.boolean().optional().meta({ description: 'False takes it out of service. Default true.' })

/** What `/links` takes: as in TEXTLOOM_CONFIG, and whether it is in service. */
export function newLinkSchema(transports: TransportRegistry) {
  return unionOf(transports, (branch) => branch.extend({ enabled }))
}

/** What a PUT takes: what a GET answers may be sent back; secrets that are left out stay as they are. */
export function changedLinkSchema(transports: TransportRegistry) {
  const ignored = z.unknown().optional().meta({ description: 'Ignored.' })
  return unionOf(transports, (branch) =>
    branch.extend({ id: idSchema.optional(), enabled, source: ignored, secrets: ignored, state: ignored }),
  )
}

type LinkBody = z.ZodType<{ readonly id?: string; readonly kind: string; readonly enabled?: boolean | undefined }>

function unionOf(transports: TransportRegistry, extend: (branch: z.ZodObject) => z.ZodObject): LinkBody {
  const [first, ...others] = [...transports.values()].map((transport) => extend(branchOf(transport)))
  if (first === undefined) throw new Error('No transports are registered.')
  return z.discriminatedUnion('kind', [first, ...others]) as unknown as LinkBody
}

const linkState = z.enum(['stopped', 'connecting', 'bound', 'waiting', 'refused'])

export const linkItemSchema = z
  .looseObject({
    id: z.string(),
    kind: z.string(),
    enabled: z.boolean(),
    source: z
      .enum(['config', 'api'])
      .meta({ description: '`config`: declared by TEXTLOOM_CONFIG and read-only here.' }),
    secrets: z.array(z.string()).meta({ description: 'Settings that are set and never shown.' }),
    state: linkState,
  })
  .meta({ id: 'Link', description: 'Beside these the settings of its kind, as /schemas/links/{kind}.json has them.' })

export const linkStatusSchema = z
  .object({
    id: z.string(),
    state: linkState,
    since: z.iso.datetime().nullable(),
    inFlight: z.int(),
    windowSize: z.int(),
    queued: z.int().meta({ description: `MTs that wait to leave; ${MOST} stands for that many or more.` }),
    oldestDueAt: z.iso.datetime().nullable().meta({ description: 'Since when the first of them has been due.' }),
    lastError: z.string().nullable(),
    facts: z.record(z.string(), z.union([z.string(), z.number()])).meta({
      description:
        "What else the link knows of its network: a modem's `model`, `operator` and `signalDbm`; of several binds `binds` (`2 of 3`) and each one's state as `bind1`, `bind2`, ….",
    }),
  })
  .meta({ id: 'LinkStatus' })

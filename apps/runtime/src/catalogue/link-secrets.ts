import { alternatives, zodOf } from '@textloom/core'
import * as z from 'zod'
import type { SecretBox } from '../settings/secret-box.ts'

/** The settings of a link, as an object. */
export type LinkConfig = { readonly [setting: string]: unknown }

/** Link settings as they are stored: every secret in them sealed, whatever the transport calls secret. */
export function sealLinkConfig(id: string, config: LinkConfig, schema: z.ZodType, box: SecretBox): LinkConfig {
  return mapSecrets(config, schema, (secret, path) => box.seal(secret, placeOf(id, path)))
}

/**
 * Link settings as the transport takes them.
 * @throws SealError when a secret in them cannot be opened
 */
export function openLinkConfig(id: string, config: LinkConfig, schema: z.ZodType, box: SecretBox): LinkConfig {
  return mapSecrets(config, schema, (sealed, path) => box.open(sealed, placeOf(id, path)))
}

/**
 * Link settings for everybody to see: without their secrets, and the names of those that are set. Of secrets that people
 * name themselves (in a record) the names are seen.
 */
export function withoutSecrets(config: LinkConfig, schema: z.ZodType): { config: LinkConfig; secrets: string[] } {
  const secrets: string[] = []
  const shown = mapSecrets(config, schema, (_secret, path) => {
    secrets.push(path)
    return undefined
  })
  return { config: shown, secrets }
}

/** New settings, sealed, in which every secret that was left out is the one that is stored. */
export function keepSecrets(config: LinkConfig, stored: LinkConfig, schema: z.ZodType): LinkConfig {
  const kept: Record<string, unknown> = { ...config }
  mapSecrets(stored, schema, (sealed, path) => {
    const [top = '', name] = path.split('.', 2)
    if (name === undefined) {
      if (!Object.hasOwn(config, path)) kept[path] = sealed
    } else if (isRecord(fieldsOf(schema)(top))) {
      // A record that is left out stays whole; one that names a secret and does not say it keeps that one.
      const record = Object.hasOwn(config, top) ? kept[top] : (kept[top] ?? {})
      const isKept = isObject(record) && (Object.hasOwn(config, top) ? record[name] === '' : true)
      if (isKept) kept[top] = { ...(record as LinkConfig), [name]: sealed }
    }
    // Within an object they are taken anew with it.
    return sealed
  })
  return kept
}

type Change = (text: string, path: string) => string | undefined

/** Copies settings, with each text that the schema marks as secret changed, or left out. */
function mapSecrets(config: LinkConfig, schema: z.ZodType | z.core.$ZodType, change: Change, base = ''): LinkConfig {
  const field = fieldsOf(schema)
  const entries = Object.entries(config).flatMap(([name, value]): [string, unknown][] => {
    const one = field(name)
    const path = `${base}${name}`
    if (one === undefined) return [[name, value]]
    // An empty password is none.
    if (typeof value === 'string' && value !== '' && isSecret(one)) {
      const changed = change(value, path)
      if (changed === undefined && isRecord(schema)) return [[name, '']]
      return changed === undefined ? [] : [[name, changed]]
    }
    return [[name, isObject(value) ? mapSecrets(value, one, change, `${path}.`) : value]]
  })
  return Object.fromEntries(entries)
}

/** The schema of each setting; undefined for one that there is not. */
function fieldsOf(schema: z.core.$ZodType): (name: string) => z.core.$ZodType | undefined {
  const defs = alternatives(schema).map((one) => zodOf(one).def)
  const shape: { readonly [name: string]: z.core.$ZodType } = Object.assign(
    {},
    ...defs.map((def) => (def.type === 'object' ? def.shape : {})),
  )
  const values = defs.find((def) => def.type === 'record')?.valueType
  return (name) => (Object.hasOwn(shape, name) ? shape[name] : values)
}

/** True for settings whose names people give. */
function isRecord(schema: z.core.$ZodType | undefined): boolean {
  return schema !== undefined && alternatives(schema).some((one) => zodOf(one).def.type === 'record')
}

/** `.meta({ secret: true })`, on the field itself or within its optional or default. */
function isSecret(field: z.core.$ZodType): boolean {
  return [field, ...alternatives(field)].some((one) => z.globalRegistry.get(one)?.secret === true)
}

function isObject(value: unknown): value is LinkConfig {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function placeOf(id: string, path: string): string {
  return `${path} of link "${id}"`
}

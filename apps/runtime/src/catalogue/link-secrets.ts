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

/** Link settings for everybody to see: without their secrets, and the names of those that are set. */
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
    // Only at the top: a transport that nests secrets takes them anew with their object.
    if (!path.includes('.') && !Object.hasOwn(config, path)) kept[path] = sealed
    return sealed
  })
  return kept
}

type Change = (text: string, path: string) => string | undefined

/** Copies settings, with each text that the schema marks as secret changed, or left out. */
function mapSecrets(config: LinkConfig, schema: z.ZodType | z.core.$ZodType, change: Change, base = ''): LinkConfig {
  const shape = shapeOf(schema)
  const entries = Object.entries(config).flatMap(([name, value]): [string, unknown][] => {
    const field = Object.hasOwn(shape, name) ? shape[name] : undefined
    const path = `${base}${name}`
    if (field === undefined) return [[name, value]]
    // An empty password is none.
    if (typeof value === 'string' && value !== '' && isSecret(field)) {
      const changed = change(value, path)
      return changed === undefined ? [] : [[name, changed]]
    }
    return [[name, isObject(value) ? mapSecrets(value, field, change, `${path}.`) : value]]
  })
  return Object.fromEntries(entries)
}

function shapeOf(schema: z.core.$ZodType): { readonly [name: string]: z.core.$ZodType } {
  const shapes = alternatives(schema).map((one) => {
    const { def } = zodOf(one)
    return def.type === 'object' ? def.shape : {}
  })
  return Object.assign({}, ...shapes)
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

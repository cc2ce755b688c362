/** One setting of a link, as its form shows it. */
export interface LinkField {
  readonly name: string
  readonly title: string
  readonly description: string | undefined
  readonly kind:
    | 'text'
    | 'long-text'
    | 'number'
    | 'choice'
    /** Some of several. */
    | 'choices'
    | 'switch'
    | 'secret'
    | 'zone'
    | 'group'
    /** Names of the user's own, each with a text or a choice. */
    | 'pairs'
    | 'json'
  readonly isRequired: boolean
  /** Of `pairs`: what the names stand for is secret. */
  readonly isSecret: boolean
  /** What holds when it is left empty, as text. */
  readonly usual: string | undefined
  readonly choices: readonly string[]
  readonly min: number | undefined
  readonly max: number | undefined
  /** Of a `group`: what can be said beyond on and off. */
  readonly fields: readonly LinkField[]
  /** Stands below the fold. */
  readonly isAdvanced: boolean
  /** The heading it stands under there; undefined for none. */
  readonly section: string | undefined
}

/** A JSON Schema, as far as the form reads it. */
export interface Schema {
  readonly type?: string
  readonly title?: string
  readonly description?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly default?: unknown
  readonly secret?: boolean
  readonly section?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly required?: readonly string[]
  readonly properties?: { readonly [name: string]: Schema }
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly items?: Schema
  readonly additionalProperties?: boolean | Schema
}

/** The kinds of links there are, each with its schema: out of the schema of configuration files. */
export function linkKinds(config: Schema): ReadonlyMap<string, Schema> {
  const links = config.properties?.links?.items
  return new Map(
    (links?.oneOf ?? links?.anyOf ?? (links ? [links] : [])).flatMap((branch) => {
      const kind = branch.properties?.kind?.const
      return typeof kind === 'string' ? [[kind, branch] as const] : []
    }),
  )
}

/** Settings that everybody is asked for, wherever a transport has them; the rest waits below the fold. */
const prominent = [
  'preset',
  'host',
  'port',
  'url',
  'systemId',
  'account',
  'username',
  'password',
  'token',
  'bind',
  'windowSize',
  'tls',
]

/** Secrets are asked for at once, but these, which belong to what only some need: a certificate, a change of password. */
const rareSecrets = ['key', 'newPassword']

/** The settings of one kind of link, in the order of its schema. */
export function linkFields({ properties = {}, required = [] }: Schema): LinkField[] {
  return Object.entries(properties)
    .filter(([name]) => name !== 'id' && name !== 'kind' && name !== 'enabled')
    .map(([name, schema]) => fieldOf(name, schema, required.includes(name)))
}

function fieldOf(name: string, schema: Schema, isRequired: boolean): LinkField {
  const group = schema.anyOf?.find(({ type }) => type === 'object')
  return {
    name,
    title: schema.title ?? name,
    description: schema.description,
    kind: kindOf(name, schema, group),
    isRequired,
    isSecret: valuesOf(schema)?.secret === true,
    usual: schema.default === undefined || schema.default === '' ? undefined : String(schema.default),
    choices: (schema.enum ?? schema.items?.enum ?? valuesOf(schema)?.enum ?? []).filter(
      (one): one is string => typeof one === 'string',
    ),
    min: schema.minimum,
    max: schema.maximum,
    fields: group ? linkFields(group) : [],
    section: schema.section,
    isAdvanced: !isRequired && !prominent.includes(name) && (schema.secret !== true || rareSecrets.includes(name)),
  }
}

/** What the values of a record are like, where any name may stand in it. */
function valuesOf({ additionalProperties }: Schema): Schema | undefined {
  return typeof additionalProperties === 'object' ? additionalProperties : undefined
}

function kindOf(name: string, schema: Schema, group: Schema | undefined): LinkField['kind'] {
  const { type, secret, enum: choices, items } = schema
  if (group) return 'group'
  if (secret === true) return 'secret'
  if (choices !== undefined) return 'choice'
  if (type === 'integer' || type === 'number') return 'number'
  if (type === 'boolean') return 'switch'
  if (type === 'array' && items?.enum !== undefined) return 'choices'
  if (type === 'object') return valuesOf(schema)?.type === 'string' ? 'pairs' : 'json'
  if (name === 'timezone') return 'zone'
  return name === 'ca' || name === 'cert' || name === 'key' ? 'long-text' : 'text'
}

/** Fields under their headings, in the order in which those appear first. */
export function sectionsOf(
  fields: readonly LinkField[],
): readonly { readonly section: string | undefined; readonly fields: readonly LinkField[] }[] {
  const sections = [...new Set(fields.map(({ section }) => section))]
  return sections.map((section) => ({ section, fields: fields.filter((field) => field.section === section) }))
}

import { type AnyNodeType, type Json, type JsonObject, jsonSchemaOf } from '@textloom/core'
import type { FieldMeta, FieldSection } from '@textloom/nodes'

/** How a field is drawn; each kind has one component. */
export type FieldKind =
  | 'message'
  | 'text-block'
  | 'template'
  | 'expression'
  | 'text'
  | 'number'
  | 'duration'
  | 'name'
  | 'contact-field'
  | 'result'
  | 'flow'
  | 'variable'
  | 'operand'
  | 'choice'
  | 'switch'
  | 'words'
  | 'templates'
  | 'pairs'
  | 'json'
  | 'list'
  | 'weekly-hours'
  | 'days'
  | 'moment'
  | 'time'
  | 'zone'
  | 'weight'

/** A field of the form of a node, with everything its component needs to know. */
export interface Field
  extends Pick<
    FieldMeta,
    'title' | 'description' | 'placeholder' | 'usual' | 'formerly' | 'shownWhen' | 'locals' | 'pairs'
  > {
  readonly key: string
  readonly kind: FieldKind
  readonly section: FieldSection | 'content'
  /** May be left out of the data. */
  readonly isOptional: boolean
  /** Values of a choice, with what people read. */
  readonly choices?: readonly { readonly value: string; readonly label: string }[]
  readonly min?: number
  readonly max?: number
  readonly isWhole?: boolean
  readonly maxLength?: number
  /** Most entries of a list of templates. */
  readonly maxEntries?: number
  /** What one entry of a list is made of. */
  readonly row?: Row
}

/** One entry of a list field. */
export interface Row {
  readonly fields: readonly Field[]
  /** Entries have ids that the editor keeps: each is an exit of the node. */
  readonly hasIds: boolean
}

const forms = new WeakMap<AnyNodeType['schema'], readonly Field[]>()

/** The form of a node type, made of its schema and what the schema says about itself. */
export function formOf({ schema }: Pick<AnyNodeType, 'schema'>): readonly Field[] {
  const known = forms.get(schema) ?? fieldsOf(jsonSchemaOf(schema) as unknown as ObjectSchema)
  forms.set(schema, known)
  return known
}

/** The fields that belong to the form as the data stands. */
export function shownFields(fields: readonly Field[], data: JsonObject): readonly Field[] {
  return fields.filter(({ shownWhen = {} }) =>
    Object.entries(shownWhen).every(([key, values]) => values.some((value) => value === data[key])),
  )
}

/** What a field says, also where an earlier document says it by a switch. */
export function fieldValue({ key, formerly }: Pick<Field, 'key' | 'formerly'>, data: JsonObject): Json | undefined {
  return data[key] ?? (formerly && data[formerly.field] === true ? formerly.value : undefined)
}

/** Sections in the order of the form; those without fields are left out. */
export function sectionsOf(
  fields: readonly Field[],
): readonly { section: Field['section']; fields: readonly Field[] }[] {
  const order = ['content', 'replies', 'timing', 'advanced'] as const
  return order
    .map((section) => ({ section, fields: fields.filter((field) => field.section === section) }))
    .filter((group) => group.fields.length > 0)
}

/** The JSON Schema of a node's data, as far as a form reads it. */
interface ObjectSchema {
  readonly properties?: { readonly [key: string]: FieldSchema }
  readonly required?: readonly string[]
}

interface FieldSchema extends Partial<FieldMeta> {
  readonly type?: string
  readonly enum?: readonly string[]
  readonly minimum?: number
  readonly maximum?: number
  readonly maxLength?: number
  readonly maxItems?: number
  readonly items?: ObjectSchema
}

function fieldsOf({ properties = {}, required = [] }: ObjectSchema): readonly Field[] {
  return Object.entries(properties).flatMap(([key, schema]): Field[] => {
    const kind = kindOf(schema)
    if (kind === 'hidden') return []
    const {
      title = key,
      description = '',
      section = 'content',
      placeholder,
      usual,
      formerly,
      shownWhen,
      locals,
      pairs,
      maxLength,
    } = schema
    return [
      {
        key,
        kind,
        title,
        description,
        section,
        isOptional: !required.includes(key),
        ...(placeholder === undefined ? {} : { placeholder }),
        ...(usual === undefined ? {} : { usual }),
        ...(formerly === undefined ? {} : { formerly }),
        ...(shownWhen === undefined ? {} : { shownWhen }),
        ...(locals === undefined ? {} : { locals }),
        ...(pairs === undefined ? {} : { pairs }),
        ...(maxLength === undefined ? {} : { maxLength }),
        ...(kind === 'templates' && schema.maxItems !== undefined ? { maxEntries: schema.maxItems } : {}),
        ...(kind === 'choice' ? { choices: choicesOf(schema) } : {}),
        ...(kind === 'number' || kind === 'weight' ? rangeOf(schema) : {}),
        ...(kind === 'list' && schema.items ? { row: rowOf(schema.items) } : {}),
      },
    ]
  })
}

function kindOf({ control, enum: values, type }: FieldSchema): FieldKind | 'hidden' {
  if (control !== undefined) return control
  if (values !== undefined) return 'choice'
  if (type === 'boolean') return 'switch'
  if (type === 'number' || type === 'integer') return 'number'
  return 'text'
}

function rowOf(items: ObjectSchema): Row {
  return { fields: fieldsOf(items), hasIds: items.properties?.id?.control === 'hidden' }
}

function choicesOf({ enum: values = [], labels = {} }: FieldSchema): NonNullable<Field['choices']> {
  return values.map((value) => ({ value, label: labels[value] ?? value }))
}

/** Zod gives whole numbers the range of safe integers, which is no limit worth telling. */
function rangeOf({ type, minimum, maximum }: FieldSchema): Pick<Field, 'min' | 'max' | 'isWhole'> {
  return {
    isWhole: type === 'integer',
    ...(minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER ? {} : { min: minimum }),
    ...(maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? {} : { max: maximum }),
  }
}

/** What a field of contacts can hold. */
export const fieldTypes = ['text', 'number', 'date', 'yes-no', 'choice'] as const

export type FieldType = (typeof fieldTypes)[number]

/** A field of contacts as people defined it. */
export interface FieldDefinition {
  /** As templates write it after `contact.fields.`. */
  readonly key: string
  readonly title: string
  readonly type: FieldType
  /** What a `choice` may be; empty for the others. */
  readonly choices: readonly string[]
}

/**
 * The SQL of a field's value in `contact` by which it is compared and sorted; undefined values are null. Indexes are
 * made on exactly this text, so the key stands in it as a literal. Fields are what flows wrote too: a number field may
 * hold "12" as text, a date a blank instead of its T.
 */
export function fieldExpression({ key, type }: Pick<FieldDefinition, 'key' | 'type'>, table: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(key)) throw new Error(`"${key}" is no key of a field.`)
  const text = `(${table}fields ->> '${key}')`
  switch (type) {
    case 'number':
      return `(case when ${text} ~ '^-?[0-9]{1,30}(\\.[0-9]{1,30})?$' then ${text}::numeric end)`
    case 'date':
      return `(replace(${text}, ' ', 'T') collate "C")`
    default:
      return `lower(${text})`
  }
}

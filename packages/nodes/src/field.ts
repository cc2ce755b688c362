/** How the inspector draws a field; without one it goes by the schema: text, number, switch, list of values. */
export type Control =
  /** A text that is sent: many lines, variables, segment counter. */
  | 'message'
  /** A longer text that contacts do not see: many lines, variables. */
  | 'text-block'
  /** A template that is computed with: one line, variables. */
  | 'template'
  /** An expression that is computed: as many lines as it takes. */
  | 'expression'
  /** A number and a unit, kept as an ISO 8601 duration. */
  | 'duration'
  /** A new name, as templates can write it. */
  | 'name'
  /** A field of the contact, or a new one. */
  | 'contact-field'
  /** A result that the flow records. */
  | 'result'
  /** Another flow. */
  | 'flow'
  /** A declared variable, or a new one. */
  | 'variable'
  /** Where in the flow a value comes from, for example `reply.text` or `vars.age`. */
  | 'operand'
  /** Rows that can be added, moved and removed. */
  | 'list'
  /** Words as chips. */
  | 'words'
  /** Templates that are computed with, one a line. */
  | 'templates'
  /** Names and values side by side. */
  | 'pairs'
  /** JSON whose texts are templates. */
  | 'json'
  /** The hours of each day of a week. */
  | 'weekly-hours'
  /** Days of the calendar, once or every year. */
  | 'days'
  /** A date and a time, kept as `2026-12-24T09:00`. */
  | 'moment'
  /** A time of day, kept as `09:00`. */
  | 'time'
  /** A time zone by its IANA name. */
  | 'zone'
  /** A whole number among others, shown with its share of them all. */
  | 'weight'
  /** Kept by the editor, not shown. */
  | 'hidden'

/** The parts of the inspector's form below the content, in their order. */
export type FieldSection = 'replies' | 'timing' | 'advanced'

/** What the inspector, the JSON Schema and the docs say about a field of a node's data. */
export interface FieldMeta {
  readonly title: string
  readonly description: string
  readonly control?: Control
  /** Where in the form it stands; with the content when absent. */
  readonly section?: FieldSection
  readonly placeholder?: string
  /** What the editor fills in when the author adds the field; the engine acts the same when it is absent. */
  readonly usual?: string | number | boolean
  /** Names that are known in this template only, with what people read and a value of about the right length. */
  readonly locals?: { readonly [name: string]: { readonly label: string; readonly sample: string } }
  /** What names and values side by side can look like. */
  readonly pairs?: { readonly name: string; readonly value: string }
  /** Labels of the values of an enumeration. */
  readonly labels?: { readonly [value: string]: string }
  /** A switch of earlier documents: while it is on, this field stands at `value`; setting this field takes it away. */
  readonly formerly?: { readonly field: string; readonly value: string }
  /** The field belongs to the form only while another one has one of these values. */
  readonly shownWhen?: { readonly [field: string]: readonly string[] }
}

/** Checks a field's description for its shape; goes into `.meta()`. */
export function field<Meta extends FieldMeta>(meta: Meta): Meta {
  return meta
}

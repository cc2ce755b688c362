import { type ContactChange, defineNode, type NodeIssue, type Scope } from '@textloom/core'
import { changingState, type GuardedChange } from '../contact-changes.ts'
import { isTemplate } from '../is-template.ts'
import { nodeIssue } from '../issue-codes.ts'
import { type ContactPart, fitsAs } from './fits.ts'
import { type ContactUpdateData, contactUpdateSchema } from './schema.ts'

/** Changes what is known about the contact, several things at once. */
export const contactUpdate = defineNode({
  type: 'contact-update',
  version: 1,
  family: 'do',
  title: 'Update the contact',
  summary: 'Notes the name, the language or any field of the contact for good.',
  icon: 'user-edit',
  schema: contactUpdateSchema,
  waits: null,
  handles: () => [{ id: 'next', label: 'Next' }],
  compile: (data, context) => {
    const parts = partsOf(data).map(
      ({ part, template, change }): GuardedChange => ({ change, fits: context.guard('fits', { part, template }) }),
    )
    const fields = data.fields.map(({ field, value }): GuardedChange => ({ change: { field, value } }))
    const cleared = (data.clear ?? []).map((field): GuardedChange => ({ change: { field, value: null } }))
    return changingState([...parts, ...fields, ...cleared], context)
  },
  guards: {
    // What people say of themselves may be no language: that is no reason to end the conversation.
    fits: ({ render }: Scope, { part, template }: { part: ContactPart; template: string }) =>
      fitsAs[part](render(template).trim()),
  },
  describe: (data) => ({
    title: 'Update contact',
    body:
      [
        ...partsOf(data).map(({ part, template }) => `${nouns[part]} = ${template}`),
        ...data.fields.map(({ field, value }) => `${field} = ${value}`),
        ...(data.clear ?? []).map((field) => `${field} is cleared`),
      ].join('\n') || 'No change yet',
  }),
  templates: (data) => [
    ...partsOf(data).map(({ part, template }) => ({ path: part, template, use: 'value' as const })),
    ...data.fields.map(({ value }, index) => ({
      path: `fields[${index}].value`,
      template: value,
      use: 'value' as const,
    })),
  ],
  contactFields: ({ fields }) => fields.map(({ field }) => field),
  check,
})

const nouns: Readonly<Record<ContactPart, string>> = { name: 'name', language: 'language', timezone: 'time zone' }

interface PartChange {
  readonly part: ContactPart
  readonly template: string
  readonly change: ContactChange
}

function partsOf({ name, language, timezone }: ContactUpdateData): readonly PartChange[] {
  return [
    ...(name === undefined ? [] : [{ part: 'name' as const, template: name, change: { name } }]),
    ...(language === undefined ? [] : [{ part: 'language' as const, template: language, change: { language } }]),
    ...(timezone === undefined ? [] : [{ part: 'timezone' as const, template: timezone, change: { timezone } }]),
  ]
}

function check(data: ContactUpdateData): readonly NodeIssue[] {
  const { fields, clear = [] } = data
  const parts = partsOf(data)
  if (parts.length + fields.length + clear.length === 0) {
    return [nodeIssue('contact-update/no-change', 'fields', 'Nothing changes: name a field and its value.')]
  }
  const unfit = parts.flatMap(({ part, template }) => {
    if (isTemplate(template) || fitsAs[part](template.trim())) return []
    return [nodeIssue('contact-update/unfit-value', part, unfitValues[part](template))]
  })
  const named = [
    ...fields.map(({ field }, index) => ({ field, path: `fields[${index}].field` })),
    ...clear.map((field, index) => ({ field, path: `clear[${index}]` })),
  ]
  const repeated = named.flatMap(({ field, path }, index) =>
    named.findIndex((other) => other.field === field) === index
      ? []
      : [
          nodeIssue(
            'contact-update/repeated-field',
            path,
            `The field "${field}" is changed above already: only the last change would stay.`,
          ),
        ],
  )
  return [...unfit, ...repeated]
}

const unfitValues: Readonly<Record<ContactPart, (template: string) => string>> = {
  name: () => 'The name would be empty: write one, or take the change out.',
  language: (template) => `"${template}" is no language: write a tag such as en or pt-BR.`,
  timezone: (template) => `"${template}" is no time zone: write one such as Europe/Budapest.`,
}

import { defineNode } from '@textloom/core'
import { picksInWords } from '../picks.ts'
import { byRules, labelOf } from '../split/by-rules.ts'
import { type SplitFieldData, splitFieldSchema } from './schema.ts'

/** Goes on by the first rule that fits a field of the contact, or by `other`. */
export const splitField = defineNode({
  ...byRules(({ field, rules }: SplitFieldData) => rules.map((rule) => ({ ...rule, left: `contact.fields.${field}` }))),
  type: 'split-field',
  version: 1,
  family: 'decide',
  title: 'Split by contact field',
  summary: 'Goes different ways depending on a field of the contact.',
  icon: 'id-badge-2',
  schema: splitFieldSchema,
  describe: ({ field, rules }) => ({
    title: `Split by ${field}`,
    body: picksInWords(
      rules.map((rule) => ({ id: rule.id, name: labelOf(rule) })),
      'No rules yet',
    ),
  }),
})

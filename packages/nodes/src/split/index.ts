import { defineNode } from '@textloom/core'
import { byRules, comparedTemplates, labelOf } from './by-rules.ts'
import { templateOf } from './operand.ts'
import { type SplitData, splitSchema } from './schema.ts'

/** Goes on by the first rule that fits, or by `other` when none does. */
export const split = defineNode({
  ...byRules(({ rules }: SplitData) => rules),
  type: 'split',
  version: 1,
  family: 'decide',
  title: 'Split',
  summary: 'Goes different ways depending on a reply, a variable or the contact.',
  icon: 'arrows-split-2',
  schema: splitSchema,
  describe: ({ rules }) => ({
    title: 'Split',
    body: rules.map((rule) => `${rule.left} ${labelOf(rule)}`).join('\n') || 'No rules yet',
  }),
  templates: ({ rules }) =>
    rules.flatMap((rule, index) => [
      { path: `rules[${index}].left`, template: templateOf(rule.left), use: 'value' },
      ...comparedTemplates(rule, index),
    ]),
})

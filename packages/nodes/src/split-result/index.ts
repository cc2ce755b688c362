import { defineNode } from '@textloom/core'
import { picksInWords } from '../picks.ts'
import { byRules, comparedTemplates, labelOf } from '../split/by-rules.ts'
import { templateOf } from '../split/operand.ts'
import { type SplitResultData, splitResultSchema } from './schema.ts'

/** Goes on by the first rule that fits an earlier result, or by `other`. */
export const splitResult = defineNode({
  ...byRules((data: SplitResultData) => data.rules.map((rule) => ({ ...rule, left: pathOf(data) }))),
  type: 'split-result',
  version: 1,
  family: 'decide',
  title: 'Split by result',
  summary: 'Goes different ways depending on an answer or another result from earlier on.',
  icon: 'clipboard-data',
  schema: splitResultSchema,
  describe: ({ result, of, rules }) => ({
    title: of === 'value' ? `Split by ${result}` : `Split by ${result} category`,
    body: picksInWords(
      rules.map((rule) => ({ id: rule.id, name: labelOf(rule) })),
      'No rules yet',
    ),
  }),
  templates: (data) => [
    { path: 'result', template: templateOf(pathOf(data)), use: 'value' },
    ...data.rules.flatMap(comparedTemplates),
  ],
})

function pathOf({ result, of }: Pick<SplitResultData, 'result' | 'of'>): string {
  return `results.${result}.${of}`
}

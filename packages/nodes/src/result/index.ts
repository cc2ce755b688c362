import { defineNode, type RecordedResult, type Scope, type StoredContext } from '@textloom/core'
import { resultSchema } from './schema.ts'

/** Records a result for reports, which the texts that follow can use too. */
export const result = defineNode({
  type: 'result',
  version: 1,
  family: 'do',
  title: 'Record a result',
  summary: 'Notes something for the reports without asking for it.',
  icon: 'clipboard-check',
  schema: resultSchema,
  waits: null,
  handles: () => [{ id: 'next', label: 'Next' }],
  compile: ({ name, value, category }, { update, effect, exit }) => {
    const kept = category === undefined ? {} : { category }
    return {
      entry: [
        update('record', { name, value, ...kept }),
        // What was recorded, so that chance and time in the value are the same for both.
        effect({ kind: 'result', name, value: `{{ results.${name}.value }}`, ...kept }),
      ],
      always: [exit('next')],
    }
  },
  updates: { record },
  describe: ({ name, value, category }) => ({
    title: 'Record',
    body: [`${name} = ${value || 'nothing'}`, ...(category === undefined ? [] : [`in "${category}"`])].join('\n'),
  }),
  templates: ({ value }) => [{ path: 'value', template: value, use: 'value' }],
  results: ({ name }) => [{ name, path: 'name' }],
})

function record(
  { context, evaluate }: Scope,
  { name, value, category }: { name: string; value: string; category?: string },
): Partial<StoredContext> {
  const recorded: RecordedResult = { value: evaluate(value), ...(category === undefined ? {} : { category }) }
  return { results: { ...context.results, [name]: recorded } }
}

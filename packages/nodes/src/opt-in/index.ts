import { defineNode, type Happening } from '@textloom/core'
import { isListed } from '../listed.ts'
import { withPolicy } from '../when-busy.ts'
import { type OptInData, optInSchema, usualWhenBusy } from './schema.ts'

/** Begins a flow when a contact agrees to be texted, at all or about one topic. */
export const optIn = defineNode({
  type: 'opt-in',
  version: 1,
  family: 'start',
  title: 'Opt-in',
  summary: 'Starts when a contact agrees to be texted.',
  icon: 'user-check',
  schema: optInSchema,
  waits: null,
  handles: () => [{ id: 'next', label: 'Start' }],
  compile: (_data, { exit }) => ({ always: [exit('next')] }),
  describe: ({ topics = [], whenBusy = usualWhenBusy }) => ({
    title: 'Opt-in',
    body: withPolicy(
      topics.length === 0 ? 'When the contact agrees to be texted' : `When the contact agrees to ${topics.join(', ')}`,
      whenBusy,
      usualWhenBusy,
    ),
  }),
  start: { on: 'opt-in', wants, whenBusy: ({ whenBusy }) => whenBusy ?? usualWhenBusy },
})

function wants({ topics }: OptInData, { topic }: Happening): boolean {
  return isListed(topic, topics)
}

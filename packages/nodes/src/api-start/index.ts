import { defineNode } from '@textloom/core'
import { withPolicy } from '../when-busy.ts'
import { apiStartSchema, usualWhenBusy } from './schema.ts'

/** Begins a flow when a program asks for a session, or another flow calls it. */
export const apiStart = defineNode({
  type: 'api-start',
  version: 1,
  family: 'start',
  title: 'By program or another flow',
  summary: 'Starts when a program asks for it by the API, or when another flow calls this one.',
  icon: 'plug-connected',
  schema: apiStartSchema,
  waits: null,
  handles: () => [{ id: 'next', label: 'Start' }],
  compile: (_data, { exit }) => ({ always: [exit('next')] }),
  describe: ({ whenBusy = usualWhenBusy }) => ({
    title: 'By program or another flow',
    body: withPolicy('When a program or another flow asks', whenBusy, usualWhenBusy),
  }),
  start: { on: 'api', whenBusy: ({ whenBusy }) => whenBusy ?? usualWhenBusy },
})

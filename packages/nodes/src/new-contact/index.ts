import { defineNode } from '@textloom/core'
import { withPolicy } from '../when-busy.ts'
import { newContactSchema, usualWhenBusy } from './schema.ts'

/** Begins a flow for somebody who was not known before. */
export const newContact = defineNode({
  type: 'new-contact',
  version: 1,
  family: 'start',
  title: 'New contact',
  summary: 'Starts when somebody is added who was not known before.',
  icon: 'user-plus',
  schema: newContactSchema,
  waits: null,
  handles: () => [{ id: 'next', label: 'Start' }],
  compile: (_data, { exit }) => ({ always: [exit('next')] }),
  describe: ({ whenBusy = usualWhenBusy }) => ({
    title: 'New contact',
    body: withPolicy('When somebody new is added', whenBusy, usualWhenBusy),
  }),
  start: { on: 'new-contact', whenBusy: ({ whenBusy }) => whenBusy ?? usualWhenBusy },
})

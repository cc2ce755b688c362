import { defineNode } from '@textloom/core'
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
  describe: () => ({ title: 'New contact', body: 'When somebody new is added' }),
  start: { on: 'new-contact', whenBusy: ({ whenBusy }) => whenBusy ?? usualWhenBusy },
})

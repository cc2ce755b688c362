import { defineNode } from '@textloom/core'
import { withPolicy } from '../when-busy.ts'
import { campaignStartSchema, usualWhenBusy } from './schema.ts'

/** Begins a flow for each contact that a campaign or a schedule reaches. */
export const campaignStart = defineNode({
  type: 'campaign-start',
  version: 1,
  family: 'start',
  title: 'Campaign or schedule',
  summary: 'Starts when a campaign or a schedule reaches the contact.',
  icon: 'speakerphone',
  schema: campaignStartSchema,
  waits: null,
  handles: () => [{ id: 'next', label: 'Start' }],
  compile: (_data, { exit }) => ({ always: [exit('next')] }),
  describe: ({ whenBusy = usualWhenBusy }) => ({
    title: 'Campaign or schedule',
    body: withPolicy('When a campaign reaches the contact', whenBusy, usualWhenBusy),
  }),
  start: { on: 'campaign', whenBusy: ({ whenBusy }) => whenBusy ?? usualWhenBusy },
})

import { defineNode } from '@textloom/core'
import { scoreOf } from './match.ts'
import { catchAllSchema } from './schema.ts'

/** Begins a flow when a contact texts anything that no keyword wants. */
export const catchAll = defineNode({
  type: 'catch-all',
  version: 1,
  family: 'start',
  title: 'Any other text',
  summary: 'Starts the conversation when no keyword fits the text.',
  icon: 'asterisk',
  schema: catchAllSchema,
  waits: null,
  handles: () => [{ id: 'next', label: 'Start' }],
  compile: (_data, { exit }) => ({ always: [exit('next')] }),
  describe: () => ({ title: 'Any other text', body: 'Whatever no keyword wants' }),
  start: { on: 'mo', score: scoreOf, whenBusy: () => 'skip' },
})

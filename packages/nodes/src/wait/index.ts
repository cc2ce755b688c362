import { defineNode } from '@textloom/core'
import { waitSchema } from './schema.ts'
import { inWords } from './words.ts'

/** Rests for a time and goes on by itself. */
export const wait = defineNode({
  type: 'wait',
  version: 1,
  family: 'wait',
  title: 'Wait',
  summary: 'Lets some time pass before the conversation goes on.',
  icon: 'hourglass',
  schema: waitSchema,
  waits: 'time',
  handles: () => [{ id: 'next', label: 'Then' }],
  compile: ({ duration }, { exit, durationMs }) => ({ after: { [durationMs(duration)]: [exit('next')] } }),
  describe: ({ duration }) => ({ title: 'Wait', body: inWords(duration) }),
})

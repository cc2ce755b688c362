import { defineNode } from '@textloom/core'
import { endSchema } from './schema.ts'
import { inWords } from './words.ts'

/** Ends the conversation with an outcome. */
export const end = defineNode({
  type: 'end',
  version: 1,
  family: 'end',
  title: 'End',
  summary: 'Ends the conversation and says how it went.',
  icon: 'flag',
  schema: endSchema,
  waits: null,
  handles: () => [],
  compile: ({ outcome, label }, context) => ({ type: 'final', entry: [context.end(outcome, label)] }),
  describe: (data) => ({ title: 'End', body: inWords(data) }),
})

import { defineNode } from '@textloom/core'
import { changingState } from '../contact-changes.ts'
import { consentSchema } from './schema.ts'

/** Notes that the contact agrees to be texted, or refuses: at all, or about one topic. */
export const consent = defineNode({
  type: 'consent',
  version: 1,
  family: 'do',
  title: 'Record consent',
  summary: 'Notes that the contact agrees to messages, or refuses them.',
  icon: 'shield-check',
  schema: consentSchema,
  waits: null,
  handles: () => [{ id: 'next', label: 'Next' }],
  compile: (data, context) => changingState([{ change: changeOf(data) }], context),
  describe: ({ consent: change, topic }) => ({
    title: change === 'in' ? 'Agrees' : 'Refuses',
    body: topic === undefined ? 'To all messages' : `To messages about ${topic}`,
  }),
})

function changeOf({ consent: change, topic }: { consent: 'in' | 'out'; topic?: string | undefined }) {
  return { consent: change, ...(topic === undefined ? {} : { topic }) }
}

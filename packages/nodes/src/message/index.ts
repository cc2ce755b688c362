import { defineNode } from '@textloom/core'
import { nodeIssue } from '../issue-codes.ts'
import { messageSchema } from './schema.ts'

/** Sends a text and goes on at once. */
export const message = defineNode({
  type: 'message',
  version: 1,
  family: 'talk',
  title: 'Send a message',
  summary: 'Sends a text and goes on without waiting for a reply.',
  icon: 'message',
  schema: messageSchema,
  waits: null,
  handles: () => [{ id: 'next', label: 'Next' }],
  compile: ({ text }, { effect, exit }) => ({ entry: [effect({ kind: 'sendMt', text })], always: [exit('next')] }),
  describe: ({ text }) => ({ title: 'Message', body: text || 'No text yet' }),
  templates: ({ text }) => [{ path: 'text', template: text, use: 'message' }],
  check: ({ text }) =>
    text.trim() === '' ? [nodeIssue('message/no-text', 'text', 'There is nothing to send: write the text.')] : [],
})

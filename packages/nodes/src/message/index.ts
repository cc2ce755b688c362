import { defineNode, type NodeIssue } from '@textloom/core'
import { nodeIssue } from '../issue-codes.ts'
import { isWebAddress } from '../web-address.ts'
import { type MessageData, messageSchema } from './schema.ts'

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
  compile: ({ text, attachments = [], topic }, { effect, exit }) => ({
    entry: [
      effect({
        kind: 'sendMt',
        text,
        ...(attachments.length === 0 ? {} : { attachments }),
        ...(topic === undefined ? {} : { topic }),
      }),
    ],
    always: [exit('next')],
  }),
  describe: ({ text, attachments = [] }) => ({
    title: 'Message',
    body: [text || 'No text yet', ...attachments.map((url) => `+ ${url}`)].join('\n'),
  }),
  templates: ({ text, attachments = [] }) => [
    { path: 'text', template: text, use: 'message' },
    ...attachments.map((template, index) => ({ path: `attachments[${index}]`, template, use: 'value' as const })),
  ],
  check,
})

function check({ text, attachments = [] }: MessageData): readonly NodeIssue[] {
  return [
    ...(text.trim() === '' && attachments.length === 0
      ? [nodeIssue('message/no-text', 'text', 'There is nothing to send: write the text.')]
      : []),
    ...attachments.flatMap((url, index) =>
      isWebAddress(url)
        ? []
        : [
            nodeIssue(
              'message/bad-attachment',
              `attachments[${index}]`,
              `"${url}" is no address of a file: begin it with https:// or http://.`,
            ),
          ],
    ),
  ]
}

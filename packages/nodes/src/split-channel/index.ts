import { defineNode } from '@textloom/core'
import { pickHandles, pickIssues, pickState, picksInWords } from '../picks.ts'
import { splitChannelSchema } from './schema.ts'

/** Goes on by the channel that the conversation is on, or by `other`. */
export const splitChannel = defineNode({
  type: 'split-channel',
  version: 1,
  family: 'decide',
  title: 'Split by channel',
  summary: 'Goes different ways depending on the number that the conversation is on.',
  icon: 'antenna-bars-5',
  schema: splitChannelSchema,
  waits: null,
  handles: ({ channels }) => pickHandles(picksOf(channels)),
  compile: ({ channels }, context) =>
    pickState(picksOf(channels), ({ name }) => context.guard('on', { id: name }), context),
  guards: { on: ({ context: { channel } }, { id }: { id: string }) => channel.id === id },
  describe: ({ channels }) => ({
    title: 'Split by channel',
    body: picksInWords(picksOf(channels), 'No channels yet'),
  }),
  check: ({ channels }) =>
    pickIssues(picksOf(channels), { path: 'channels', key: 'channel', takes: (one, other) => one === other }),
})

function picksOf(channels: readonly { readonly id: string; readonly channel: string }[]) {
  return channels.map(({ id, channel }) => ({ id, name: channel }))
}

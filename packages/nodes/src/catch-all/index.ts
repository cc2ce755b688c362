import { defineNode, type NodeIssue } from '@textloom/core'
import { nodeIssue } from '../issue-codes.ts'
import { withPolicy } from '../when-busy.ts'
import { scoreOf } from './match.ts'
import { type CatchAllData, catchAllSchema, usualWhenBusy } from './schema.ts'

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
  describe: ({ whenBusy = usualWhenBusy }) => ({
    title: 'Any other text',
    body: withPolicy('Whatever no keyword wants', whenBusy, usualWhenBusy),
  }),
  start: { on: 'mo', score: scoreOf, whenBusy: ({ whenBusy }) => whenBusy ?? usualWhenBusy },
  check,
})

function check({ whenBusy = usualWhenBusy }: CatchAllData): readonly NodeIssue[] {
  if (whenBusy === usualWhenBusy) return []
  const message =
    'Any text fits this start, so the replies that other flows wait for come here instead. Let it not begin then.'
  return [nodeIssue('catch-all/takes-replies', 'whenBusy', message)]
}

import { registry } from '@textloom/nodes'
import { expect, test } from 'vitest'
import { menuFlow } from '../testing/menu-flow.ts'
import { type OpenFlow, openFlow } from '../testing/open-flow.ts'
import { differences } from './differences.ts'

test.each<{ done: string; change(flow: OpenFlow): unknown; says: readonly string[] }>([
  { done: 'nothing', change: () => undefined, says: [] },
  {
    done: 'a step more, connected',
    change: ({ commands }) =>
      commands.addNode({
        type: 'message',
        position: { x: 0, y: 0 },
        data: { text: 'Sorry?' },
        after: { source: 'menu', sourceHandle: 'other' },
      }),
    says: ['Added Message “Sorry?”', 'Connected “Other reply” of Menu “What can we do?” to Message “Sorry?”'],
  },
  {
    done: 'a step less',
    change: ({ commands }) => commands.removeNodes(new Set(['where'])),
    says: ['Removed Message “Main Street 1”', 'Changed the translations'],
  },
  {
    done: 'another text',
    change: ({ commands }) => commands.setNodeData('where', ['text'], 'Main Street 2'),
    says: ['Changed Message “Main Street 1” to Message “Main Street 2”'],
  },
  {
    done: 'another way',
    change: ({ commands }) => commands.connect({ source: 'hours', sourceHandle: 'next', target: 'where' }),
    says: ['Connected Message “Open 9 to 5 in {vars.city}.” to Message “Main Street 1”'],
  },
  {
    done: 'a way less',
    change: ({ commands }) => commands.disconnect(new Set(['e2'])),
    says: ['Disconnected “Hours” of Menu “What can we do?” from Message “Open 9 to 5 in {vars.city}.”'],
  },
  {
    done: 'a way taken out and led again, under another id',
    change: ({ commands }) => {
      commands.disconnect(new Set(['e2']))
      commands.connect({ source: 'menu', sourceHandle: 'hours', target: 'hours' })
    },
    says: [],
  },
  {
    done: 'steps moved, and a name',
    change: ({ commands }) => {
      commands.moveNodes(new Map(['end', 'menu'].map((id) => [id, { x: 20, y: 0 }])))
      commands.rename('Care')
      commands.setSettings({ expiry: 'P1D' })
    },
    says: ['Renamed the flow from “Help” to “Care”', 'Changed the settings', 'Moved 2 steps'],
  },
])('$done is said in words', ({ change, says }) => {
  const flow = openFlow()
  change(flow)
  expect(differences(menuFlow(), flow.toDocument(), registry)).toEqual(says)
})

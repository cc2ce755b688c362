import { type FlowDocument, nodeRegistry } from '@textloom/core'
import { compileFlow } from '@textloom/engine'
import { nodeTypes } from '@textloom/nodes'
import type { ChannelRoute } from '../../host/channel-route.ts'
import type { Machines } from '../../host/machines.ts'
import { emptyRouting, type Routing } from '../../host/routing.ts'
import { askingServerFlow, echoFlow, flowOf, greetingFlow, waitingFlow } from '../../host/testing/flows.ts'

/** How long the flow waits that is begun with `wait`. */
export const WAIT_MS = 10_000
/** How long an answer to `hello` is waited for. */
export const PATIENCE_MS = 15_000

/** How long a flow waits that a program began. */
export const ORDER_MS = 4_000

/** Channels, each with a link of its own. */
export const CHANNELS = { counting: '1001', talking: '1002' } as const
export const LINKS = ['north', 'south'] as const

/** Begun by a program: says so, waits, and says that it is over. */
const orderedFlow = flowOf(
  'ordered',
  [
    ['start', 'api-start', {}, { next: 'begun' }],
    ['begun', 'message', { text: 'Begun {{ params.k }}.' }, { next: 'wait' }],
    ['wait', 'wait', { duration: `PT${ORDER_MS / 1_000}S` }, { next: 'over' }],
    ['over', 'message', { text: 'Over {{ params.k }}.' }, { next: 'end' }],
    ['end', 'end', { outcome: 'completed' }],
  ],
  { params: [{ name: 'k', type: 'number', required: true }] },
)

const flows: { readonly [channel: string]: readonly FlowDocument[] } = {
  [CHANNELS.counting]: [echoFlow()],
  [CHANNELS.talking]: [
    greetingFlow({ timeout: `PT${PATIENCE_MS / 1_000}S` }),
    waitingFlow(`PT${WAIT_MS / 1_000}S`),
    askingServerFlow('https://service.example.org/', { timeout: 'PT5S' }),
    orderedFlow,
  ],
}

const registry = nodeRegistry(nodeTypes)
const compiled = new Map(
  Object.values(flows)
    .flat()
    .map((flow) => [`${flow.id}@1`, compileFlow(flow, registry)]),
)

/** Machines of the flows; they are pure, so all processes of all histories share them. */
export const machines: Machines = {
  prepare: () =>
    Promise.resolve((revision) => {
      const machine = compiled.get(revision)
      if (machine === undefined) throw new Error(`There is no revision ${revision}.`)
      return machine
    }),
}

const routes = new Map(
  Object.values(CHANNELS).map((id, index): [string, ChannelRoute] => [
    id,
    {
      id,
      address: id,
      links: [LINKS[index] ?? LINKS[0]],
      languages: ['en'],
      hasKeywords: true,
      validityMs: 86_400_000,
      texts: { stop: 'Stopped.', start: 'Started.', help: 'Help.', fallback: 'Pardon?' },
    },
  ]),
)

const listeningTo = (id: string) => ({ flowId: id, revision: `${id}@1` })

/** What is published where. */
export const routing: Routing = {
  ...emptyRouting,
  channels: routes,
  flowsOn: (channel) => (flows[channel] ?? []).map(({ id }) => listeningTo(id)),
  listening: (_channel, flow) => (compiled.has(`${flow}@1`) ? listeningTo(flow) : undefined),
  flowOf: (revision) => revision.split('@')[0],
}

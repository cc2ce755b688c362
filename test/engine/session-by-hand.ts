import type { FlowDocument, SessionEvent, StepInput, StepResult } from '@textloom/core'
import { compileFlow, step } from '@textloom/engine'
import { registry } from '@textloom/nodes'

export const day = 86_400_000
export const noon = Date.UTC(2026, 0, 1, 12)
export const contact = { phone: '+15550001', name: 'Éva', language: 'en', fields: {}, groups: [] }

/** A session held by hand: what each step gives is what the next begins with. */
export function sessionByHand(flow: FlowDocument, nodes = registry) {
  const compiled = compileFlow(flow, nodes)
  let last: StepResult = { stored: null, timers: [], effects: [], path: [], rest: null }
  let rev = 0
  const move = (event: SessionEvent, now = noon, more: Partial<StepInput> = {}) => {
    rev += 1
    const { stored, timers } = JSON.parse(JSON.stringify(last))
    const input = {
      stored,
      timers,
      event,
      now,
      random: () => 0.5,
      rev,
      contact,
      channel: { id: 'test' },
      revision: 'r1',
      ...more,
    }
    last = step(() => compiled, input)
    return last
  }
  return {
    move,
    start: (node = 'start', now = noon, text = 'hello') =>
      move({ type: 'start', node, text, params: { room: '12' } }, now),
    hears: (text: string, now = noon) => move({ type: 'mo', text }, now),
    fires: (id: string, now?: number) => {
      const timer = last.timers.find((each) => each.id === id)
      if (!timer) throw new Error(`No timer ${id} among ${JSON.stringify(last.timers)}`)
      return move({ type: 'timer', ...timer }, now ?? timer.dueAt)
    },
    get last() {
      return last
    },
  }
}

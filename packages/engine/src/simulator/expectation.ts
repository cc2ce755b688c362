import type { ContactChange, Expectation, Json } from '@textloom/core'
import type { SimulateOutput } from './output.ts'
import { changeText, quoted } from './transcript.ts'

/** Does an output meet an expectation? `visits` is about nodes, not outputs, and is met by none. */
export function isMet(expected: Expectation, output: SimulateOutput): boolean {
  if ('mt' in expected) return output.type === 'mt' && output.text === expected.mt
  if ('wait' in expected) return output.type === 'wait' && output.for === expected.wait
  if ('end' in expected) return output.type === 'end' && output.outcome === expected.end
  if ('ignored' in expected) return output.type === 'ignored' && output.reason === expected.ignored
  if ('result' in expected) {
    const { name, value, category } = expected.result
    const isSame = output.type === 'result' && output.name === name && isEqual(output.value, value as Json)
    return isSame && (category === undefined || output.category === category)
  }
  if ('contact' in expected) {
    if (output.type !== 'contact') return false
    const { type: _type, turn: _turn, at: _at, ...change } = output
    return isEqual(change as unknown as Json, expected.contact as Json)
  }
  if ('ticket' in expected) {
    const { queue, note } = expected.ticket
    return output.type === 'ticket' && output.queue === queue && (note === undefined || output.note === note)
  }
  if ('notify' in expected) {
    const { by, to, text } = expected.notify
    const isSame = output.type === 'notify' && output.by === by && (text === undefined || output.text === text)
    return isSame && (to === undefined || isEqual(output.to as Json, to))
  }
  if ('flow' in expected) {
    if (output.type !== 'flow') return false
    return 'entered' in expected.flow
      ? 'entered' in output && output.entered === expected.flow.entered
      : 'left' in output && output.left === expected.flow.left
  }
  if ('request' in expected) {
    const { method, url, body } = expected.request
    const isSame = output.type === 'http' && output.method === method && output.url === url
    return isSame && (body === undefined || isEqual(output.body, body as Json))
  }
  return false
}

/** The type of output that an expectation is about. */
export function outputTypeOf(expected: Expectation): SimulateOutput['type'] | undefined {
  if ('request' in expected) return 'http'
  const types = ['mt', 'wait', 'end', 'ignored', 'result', 'contact', 'ticket', 'notify', 'flow'] as const
  return types.find((type) => type in expected)
}

/** An expectation in words. */
export function expectationText(expected: Expectation): string {
  if ('mt' in expected) return `the text ${quoted(expected.mt)}`
  if ('wait' in expected) return `a wait for ${expected.wait}`
  if ('end' in expected) return `the end ${expected.end}`
  if ('ignored' in expected) return `an input ignored as ${expected.ignored}`
  if ('visits' in expected) return `a visit to node ${expected.visits}`
  if ('contact' in expected) return `the contact's ${changeText(expected.contact as ContactChange)}`
  if ('ticket' in expected) return `a ticket ${JSON.stringify(expected.ticket)}`
  if ('notify' in expected) return `a notice ${JSON.stringify(expected.notify)}`
  if ('flow' in expected) {
    return 'entered' in expected.flow
      ? `a call of flow ${expected.flow.entered}`
      : `the end of flow ${expected.flow.left}`
  }
  if ('result' in expected) return `the result ${JSON.stringify(expected.result)}`
  return `the request ${JSON.stringify(expected.request)}`
}

/** Equality of JSON values: the order of properties does not matter. */
function isEqual(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  const [ones, others] = [Object.entries(one), new Map(Object.entries(other))]
  if (Array.isArray(one) !== Array.isArray(other) || ones.length !== others.size) return false
  return ones.every(([name, value]) => others.has(name) && isEqual(value, others.get(name)))
}

import type { Expectation, Json } from '@textloom/core'
import type { SimulateOutput } from './output.ts'
import { quoted } from './transcript.ts'

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
  const types = ['mt', 'wait', 'end', 'ignored', 'result'] as const
  return types.find((type) => type in expected)
}

/** An expectation in words. */
export function expectationText(expected: Expectation): string {
  if ('mt' in expected) return `the text ${quoted(expected.mt)}`
  if ('wait' in expected) return `a wait for ${expected.wait}`
  if ('end' in expected) return `the end ${expected.end}`
  if ('ignored' in expected) return `an input ignored as ${expected.ignored}`
  if ('visits' in expected) return `a visit to node ${expected.visits}`
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

import type { Expectation, SavedTest } from '@textloom/core'
import type { PlayedOutput, PlayedTurn, Scenario } from '../../../worker/play-conversation.ts'

/** What a test checks beside the texts, which it always does. */
export interface TestScope {
  readonly results: boolean
  readonly requests: boolean
  /** What the contact becomes: fields, groups, name, language, time zone, consent. */
  readonly contact: boolean
  /** Who is told, and what is brought to people. */
  readonly people: boolean
  readonly end: boolean
  readonly visits: boolean
}

/** The usual scope: what people would miss first. */
export const usualScope: TestScope = {
  results: true,
  requests: true,
  contact: true,
  people: true,
  end: true,
  visits: false,
}

/** Makes a test of a conversation as it went, so that it passes as long as the flow does the same. */
export function testFromRun(
  name: string,
  scenario: Scenario,
  turns: readonly PlayedTurn[],
  scope: TestScope,
): SavedTest {
  const { contact, now, seed, params, start } = scenario
  return {
    name,
    ...(contact && Object.keys(contact).length > 0
      ? { contact: structuredClone(contact) as NonNullable<SavedTest['contact']> }
      : {}),
    ...(now === undefined ? {} : { now: new Date(now).toISOString() }),
    ...(seed === undefined ? {} : { seed }),
    ...(params && Object.keys(params).length > 0
      ? { params: structuredClone(params) as NonNullable<SavedTest['params']> }
      : {}),
    ...(start === undefined ? {} : { start }),
    steps: turns.flatMap(({ input, outputs, path }): SavedTest['steps'] => [
      ...(input ? [input] : []),
      ...outputs.flatMap((output) => expectationOf(output, scope)),
      ...(scope.visits ? visitsOf(path) : []),
    ]),
  }
}

/** A name for a test: what the contact wrote, `BOOK · 1 · yes`. */
export function testName(turns: readonly PlayedTurn[]): string {
  const said = turns.flatMap(({ input }) => (input && 'mo' in input ? [input.mo.trim()] : []))
  const name = said.filter((text) => text !== '').join(' · ')
  if (name === '') return 'Conversation'
  return name.length > 60 ? `${name.slice(0, 59).trimEnd()}…` : name
}

/** A test as something to play on the phone. */
export function scenarioOf({ contact, now, seed, params, start }: SavedTest): Scenario {
  return {
    ...(contact === undefined ? {} : { contact }),
    ...(now === undefined ? {} : { now: Date.parse(now) }),
    ...(seed === undefined ? {} : { seed }),
    ...(params === undefined ? {} : { params: params as NonNullable<Scenario['params']> }),
    ...(start === undefined ? {} : { start }),
  }
}

function expectationOf(output: PlayedOutput, scope: TestScope): readonly Expectation[] {
  const { results, requests, contact, people, end } = scope
  switch (output.type) {
    case 'mt':
      return [{ mt: output.text }]
    case 'result': {
      const { name, value, category } = output
      return results
        ? [{ result: { name, value: thawed(value), ...(category === undefined ? {} : { category }) } }]
        : []
    }
    case 'http': {
      const { method, url, body } = output
      return requests ? [{ request: { method, url, ...(body === undefined ? {} : { body: thawed(body) }) } }] : []
    }
    case 'contact': {
      const { type: _type, turn: _turn, at: _at, flow: _flow, ...change } = output
      return contact ? [{ contact: thawed(change) as Extract<Expectation, { contact: unknown }>['contact'] }] : []
    }
    case 'ticket': {
      const { queue, note } = output
      return people ? [{ ticket: { queue, ...(note === '' ? {} : { note }) } }] : []
    }
    case 'notify': {
      const { by, to, text } = output
      return people ? [{ notify: { by, to: [...to], text } }] : []
    }
    case 'end':
      return end ? [{ end: output.outcome }] : []
    case 'ignored':
      return [{ ignored: output.reason }]
    default:
      return []
  }
}

function visitsOf(path: PlayedTurn['path']): readonly Expectation[] {
  const entered = path.flatMap(({ kind, node, flow }) => (kind === 'enter' && flow === undefined ? [node] : []))
  return [...new Set(entered)].map((node) => ({ visits: node }))
}

type Thawed = Extract<Expectation, { result: unknown }>['result']['value']

/** Zod's JSON may be written to, ours may not; a copy serves both. */
function thawed(value: unknown): Thawed {
  return structuredClone(value) as Thawed
}

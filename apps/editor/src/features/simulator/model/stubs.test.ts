import { describe, expect, test } from 'vitest'
import { readAnswer, type Stub, type Stubs, stubKeeper } from './stubs.ts'

function shelf(start: Record<string, string> = {}) {
  const kept = new Map(Object.entries(start))
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    kept,
  }
}

describe('stubs are kept', () => {
  test('by flow and step', () => {
    const storage = shelf()
    const stubs: Stubs = new Map<string, Stub>([
      ['ask', { status: 200, json: { a: 1 } }],
      ['order', 'live'],
    ])
    stubKeeper(storage, 'one').write(stubs)
    expect(stubKeeper(storage, 'one').read()).toEqual(stubs)
    expect(stubKeeper(storage, 'two').read().size).toBe(0)
    stubKeeper(storage, 'one').write(new Map())
    expect(storage.kept.size).toBe(0)
  })

  test.each(['not JSON', 'null', '7', '{"a":5,"b":{},"c":"lively"}'])(
    'and what is no stub (%s) counts as none',
    (text) => {
      expect(stubKeeper(shelf({ 'textloom.stubs.f': text }), 'f').read().size).toBe(0)
    },
  )

  test('only until the page is left where nothing can be kept', () => {
    const refuse = () => {
      throw new Error('denied')
    }
    const keeper = stubKeeper({ getItem: refuse, setItem: refuse, removeItem: refuse }, 'f')
    keeper.write(new Map([['a', { status: 200 }]]))
    expect(keeper.read().size).toBe(0)
  })
})

test.each([
  [{ kind: 'timeout', status: 200, body: '{}' }, { answer: { error: 'timeout' } }],
  [{ kind: 'answer', status: 204, body: ' ' }, { answer: { status: 204 } }],
  [{ kind: 'answer', status: 200, body: '{"a":[1]}' }, { answer: { status: 200, json: { a: [1] } } }],
  [{ kind: 'answer', status: 200, body: '42' }, { answer: { status: 200, json: 42 } }],
  [{ kind: 'answer', status: 200, body: 'ok then' }, { answer: { status: 200, text: 'ok then' } }],
  [
    { kind: 'answer', status: 200, body: '{"a":' },
    { refusal: 'This is not JSON yet: look for a missing quote, comma or bracket.' },
  ],
  [{ kind: 'answer', status: 99, body: '' }, { refusal: 'A status is a number from 100 to 599.' }],
  [{ kind: 'answer', status: Number.NaN, body: '' }, { refusal: 'A status is a number from 100 to 599.' }],
] as const)('%j is read as %j', (form, expected) => {
  expect(readAnswer(form)).toEqual(expected)
})

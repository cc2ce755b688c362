import { type GoldenCase, runGoldenCases, sessionOn } from '@textloom/engine/testing'
import { nodeTypes } from '@textloom/nodes'
import { describe, expect, test } from 'vitest'

const [keyword, ask, http, set] = ['keyword', 'ask', 'http', 'set'].map(
  (wanted) => nodeTypes.find(({ type }) => type === wanted)!,
)
const age = { text: 'Age?', kind: 'number', variable: 'age', retries: 1, retryText: 'A number!', timeout: 'PT1H' }
const variables = [{ name: 'age', type: 'number' as const }]

describe('sessionOn', () => {
  test('stands in the node and tells what it says and waits for', () => {
    const session = sessionOn(ask!, age, { variables })
    expect(session.texts).toEqual(['Age?'])
    expect(session.rest).toMatchObject({ node: 'ask', for: 'reply' })
    expect([session.leftBy, session.end]).toEqual([undefined, undefined])
  })

  test('hears, records and remembers', () => {
    const session = sessionOn(ask!, age, { variables }).hears('many').hears('42')
    expect(session.texts).toEqual(['Age?', 'A number!'])
    expect(session.leftBy).toBe('next')
    expect(session.vars).toEqual({ age: 42 })
    expect(session.recorded).toMatchObject([{ name: 'age', value: 42 }])
  })

  test('lets time pass', () => {
    const session = sessionOn(ask!, age, { variables }).advance('PT59M')
    expect(session.leftBy).toBeUndefined()
    expect(session.advance('1m').leftBy).toBe('timeout')
  })

  test('answers requests', () => {
    const data = { method: 'GET', url: 'https://x.test', map: [{ variable: 'age', path: 'age' }], timeout: 'PT5S' }
    expect(sessionOn(http!, data, { variables }).httpAnswers({ status: 200, json: { age: 7 } }).vars).toEqual({
      age: 7,
    })
    expect(sessionOn(http!, data, { variables }).httpAnswers({ error: 'timeout' }).leftBy).toBe('timeout')
  })

  test('starts a start node by a text that fits', () => {
    const session = sessionOn(keyword!, { keywords: ['join'], match: 'exact' })
    expect(session.hears('no').leftBy).toBeUndefined()
    expect(session.hears('JOIN').leftBy).toBe('next')
    expect(session.context?.reply.text).toBe('JOIN')
  })

  test('shows a failure', () => {
    const session = sessionOn(set!, { variable: 'age', value: 'old' }, { variables })
    expect(session.end).toMatchObject({ outcome: 'failed', failure: { code: 'engine/node-failed', node: 'set' } })
  })

  test('leaves open what shall be open, and makes loops', () => {
    const { timeout: _, ...patient } = age
    expect(sessionOn(ask!, patient, { variables, open: ['timeout'] }).rest?.until).toBeNull()
    const looping = sessionOn(ask!, age, { variables, to: { timeout: 'ask' } }).advance('1h')
    expect(looping.texts).toEqual(['Age?', 'Age?'])
    expect(looping.leftBy).toBeUndefined()
  })
})

const cases: GoldenCase[] = [
  {
    name: 'a number',
    data: age,
    variables,
    steps: [{ mt: 'Age?' }, { mo: '42' }, { result: { name: 'age', value: 42 } }, { visits: 'by-next' }],
  },
  {
    name: 'no number',
    data: age,
    variables,
    steps: [{ mt: 'Age?' }, { mo: 'x' }, { mt: 'A number!' }, { mo: 'y' }, { visits: 'by-other' }],
  },
  { name: 'silence', data: age, variables, steps: [{ mt: 'Age?' }, { advance: 'PT1H' }, { visits: 'by-timeout' }] },
]

runGoldenCases(ask!, cases)

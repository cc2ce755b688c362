import { sessionOn } from '@textloom/engine/testing'
import { describe, expect, test } from 'vitest'
import { waitReply } from './index.ts'

const variables = [{ name: 'story', type: 'text' as const }]

test.each(['Hello', '', ' ', '👍', '1'])('the text "%s" is a reply', (text) => {
  const session = sessionOn(waitReply, {}).hears(text)
  expect([session.leftBy, session.context?.reply.text]).toEqual(['next', text])
  expect([session.texts, session.recorded]).toEqual([[], []])
})

test('a reply is kept as a variable and recorded as a result', () => {
  const session = sessionOn(waitReply, { variable: 'story' }, { variables }).hears(' It rained {{ 1 }} ')
  expect(session.vars).toEqual({ story: 'It rained {{ 1 }}' })
  expect(session.context?.results).toEqual({ story: { value: 'It rained {{ 1 }}' } })
  expect(session.recorded).toMatchObject([{ name: 'story', value: 'It rained {{ 1 }}' }])
})

describe('silence', () => {
  test('leaves by timeout when the time is up and not before', () => {
    const session = sessionOn(waitReply, { timeout: 'PT1H' })
    expect(session.rest).toEqual({ node: 'wait-reply', for: 'reply', until: session.now + 3_600_000 })
    expect(session.advance('59m').leftBy).toBeUndefined()
    expect(session.advance('1m').leftBy).toBe('timeout')
  })

  test('lasts as long as the session where no time is set, or where it leads nowhere', () => {
    expect(sessionOn(waitReply, {}).rest?.until).toBeNull()
    expect(sessionOn(waitReply, { timeout: 'PT1H' }, { open: ['timeout'] }).rest?.until).toBeNull()
    expect(waitReply.handles({}).find(({ id }) => id === 'timeout')?.optional).toBe(true)
  })
})

test.each([
  [{}, 'As long as it takes'],
  [{ timeout: 'P1D', variable: 'story' }, 'At most 1 day\nKept in story'],
])('the card of %j says "%s"', (data, body) => {
  expect(waitReply.describe(data).body).toBe(body)
})

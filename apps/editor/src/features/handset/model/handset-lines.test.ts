import { describe, expect, test } from 'vitest'
import { type HandsetMessage, handsetLines, keywordsOf, lastSession } from './handset-lines.ts'

const message = (id: string, more: Partial<HandsetMessage> = {}): HandsetMessage => ({
  id,
  direction: 'mt',
  channel: '4040',
  text: id,
  at: '2026-06-15T12:00:00.000Z',
  session: null,
  status: 'delivered',
  ...more,
})

describe('the screen of a handset', () => {
  test('shows the oldest text first, and only those of its channel that have left', () => {
    const lines = handsetLines(
      [message('last'), message('waiting', { status: 'queued' }), message('other', { channel: 'x' }), message('first')],
      '4040',
    )
    expect(lines.map(({ id }) => id)).toEqual(['first', 'last'])
  })

  test('says where time has passed', () => {
    const lines = handsetLines(
      [message('c', { at: '2026-06-15T14:30:00Z' }), message('b', { at: '2026-06-15T12:20:00Z' }), message('a')],
      '4040',
    )
    expect(lines.map(({ isAfterPause }) => isAfterPause)).toEqual([true, false, true])
  })

  test.each([
    { more: { direction: 'mo' as const, status: 'received', outcome: 'transition' }, note: undefined, tone: 'plain' },
    {
      more: { direction: 'mo' as const, status: 'received', outcome: 'dead-letter:no-flow' },
      note: 'Nobody answers: no flow on this channel begins with this text.',
      tone: 'bad',
    },
    {
      more: { status: 'failed', error: { code: 'x', message: 'The number is unknown.' } },
      note: 'This text never arrived: The number is unknown.',
      tone: 'bad',
    },
    { more: { status: 'expired' }, note: 'This text never arrived.', tone: 'bad' },
  ])('notes "$note"', ({ more, note, tone }) => {
    expect(handsetLines([message('a', more)], '4040')[0]).toMatchObject({ note, tone })
  })

  test('leads to its last conversation', () => {
    const list = [message('c'), message('b', { session: 'two' }), message('a', { session: 'one' })]
    expect(lastSession(list, '4040')).toBe('two')
    expect(lastSession(list, 'x')).toBeUndefined()
  })
})

test('a flow is begun with the first of each keyword step', () => {
  const node = (id: string, type: string, data: object) => ({ id, type, position: { x: 0, y: 0 }, data: { ...data } })
  expect(
    keywordsOf({
      nodes: [
        node('a', 'keyword', { keywords: ['MENU', 'INFO'] }),
        node('b', 'message', { text: 'x' }),
        node('c', 'keyword', {}),
      ],
    }),
  ).toEqual(['MENU'])
})

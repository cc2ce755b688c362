import { expect, test } from 'vitest'
import { messageWords } from './message-words.ts'

test.each([
  { status: 'queued', why: undefined, says: 'It is stored and waits for its turn.', tone: 'quiet' },
  { status: 'delivered', why: undefined, says: 'It has arrived.', tone: 'good' },
  { status: 'failed', why: 'No such number.', says: 'It could not be delivered. No such number.', tone: 'bad' },
  { status: 'expired', why: '', says: 'It waited too long and was given up.', tone: 'bad' },
])('$status: "$says"', ({ status, why, says, tone }) => {
  expect(messageWords(status, why)).toEqual({ says, tone })
})

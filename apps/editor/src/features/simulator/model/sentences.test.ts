import type { SimulateInput } from '@textloom/core'
import type { SimulateOutput } from '@textloom/engine'
import { expect, test } from 'vitest'
import { inputSentence, outputSentence, valueWords } from './sentences.ts'

const place = { turn: 1, at: '2026-01-01T12:00:00.000Z' }

test.each<[SimulateOutput, string]>([
  [{ ...place, type: 'result', name: 'age', value: 7 }, 'Kept age = 7'],
  [{ ...place, type: 'result', name: 'pick', value: 'red', category: 'red' }, 'Kept pick = “red” (red)'],
  [{ ...place, type: 'contact', consent: 'out' }, 'Unsubscribed: gets no more messages.'],
  [{ ...place, type: 'http', method: 'GET', url: 'https://x.test/', headers: {} }, 'GET https://x.test/'],
  [{ ...place, type: 'ignored', reason: 'no-match' }, 'No keyword of this flow fits “hm”, so nobody answers.'],
  [{ ...place, type: 'ignored', reason: 'opted-out' }, 'The contact said STOP, so nothing is answered until START.'],
  [
    { ...place, type: 'ignored', reason: 'not-waiting' },
    'The flow was not waiting for a reply, so it passed this over.',
  ],
  [{ ...place, type: 'error', code: 'engine/runaway', message: 'Round and round.' }, 'Round and round.'],
  [{ ...place, type: 'wait', for: 'http', until: null, node: 'n' }, 'Waiting for a web service'],
  [{ ...place, type: 'end', outcome: 'handed_over' }, 'Handed over to people'],
])('$type is said in words', (output, sentence) => {
  expect(outputSentence(output, { mo: 'hm' })).toBe(sentence)
})

test.each<[SimulateInput, string]>([
  [{ advance: 'PT1H30M' }, '1 h 30 min passed, nothing happened.'],
  [{ advance: '90s' }, '90 s passed, nothing happened.'],
  [{ advance: 'P1DT0.5S' }, '1 d 0.5 s passed, nothing happened.'],
  [{ advance: '250ms' }, '250 ms passed, nothing happened.'],
  [{ http: { status: 503 } }, 'The server answered 503.'],
  [{ http: { error: 'timeout' } }, 'No answer came in time.'],
  [{ dlr: 'failed' }, 'The last message failed.'],
  [{ agent: { close: 'resolved' } }, 'An agent resolved it.'],
])('the input %j is said in words', (input, sentence) => {
  expect(inputSentence(input)).toBe(sentence)
})

test('values are shown as what they are', () => {
  expect([null, 'a', true, false, 3, [1]].map(valueWords)).toEqual(['nothing', '“a”', 'yes', 'no', '3', '[1]'])
})

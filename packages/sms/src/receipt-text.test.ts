import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseReceiptText, receiptStateOf } from './receipt-text.ts'

const dates = { submitDate: '2025-11-22T09:30:00', doneDate: '2025-11-22T09:31:00' }

describe('a receipt', () => {
  test.each([
    {
      dialect: 'of SMPP 3.4 appendix B',
      text: 'id:7f3a sub:001 dlvrd:001 submit date:2511220930 done date:2511220931 stat:DELIVRD err:000 text:Your code',
      receipt: { id: '7f3a', state: 'delivered', error: '000', ...dates },
    },
    {
      dialect: 'without sub and dlvrd',
      text: 'id:1526758174 submit date:2511220930 done date:2511220931 stat:DELIVRD err:000 text:hello',
      receipt: { id: '1526758174', state: 'delivered', error: '000', ...dates },
    },
    {
      dialect: 'with a four-digit error',
      text: 'id:117062714244798261 sub:001 dlvrd:000 submit date:2511220930 done date:2511220931 stat:UNDELIV err:0054 text:',
      receipt: { id: '117062714244798261', state: 'undeliverable', error: '0054', ...dates },
    },
    {
      dialect: 'with seconds in its dates',
      text: 'id:6C7C sub:001 dlvrd:001 submit date:251122093001 done date:251122093102 stat:EXPIRED err:001 Text:Hi',
      receipt: {
        id: '6C7C',
        state: 'expired',
        error: '001',
        submitDate: '2025-11-22T09:30:01',
        doneDate: '2025-11-22T09:31:02',
      },
    },
    {
      dialect: 'with four-digit years',
      text: 'id:dbd1d8e8-d2a4-4efe-b508-60761b1ae484 submit date:202511220930 done date:20251122093100 stat:EXPIRED err:030',
      receipt: { id: 'dbd1d8e8-d2a4-4efe-b508-60761b1ae484', state: 'expired', error: '030', ...dates },
    },
    {
      dialect: 'with the absolute times of SMPP',
      text: 'id:rdwj sub:000 dlvrd:000 submit date:251122093000912+ done date:251122093100012+ stat:UNDELIV err:000',
      receipt: { id: 'rdwj', state: 'undeliverable', error: '000', ...dates },
    },
    {
      dialect: 'with written-out dates',
      text: 'id:9 submit date:2025-11-22 09:30:00 done date:2025/11/22 09:31 stat:DELIVRD err:0',
      receipt: { id: '9', state: 'delivered', error: '0', ...dates },
    },
    {
      dialect: 'that forgot the label of its state',
      text: 'id:ce5b sub:000 dlvrd:000 submit date:2511220930 done date:2511220931 DELIVRD err:000 Text:',
      receipt: { id: 'ce5b', state: 'delivered', error: '000', ...dates },
    },
    {
      dialect: 'in capitals, with equals signs and another order',
      text: 'STAT=REJECTD ERR=0x45 ID=0042 SUBMIT_DATE=2511220930 DONE_DATE=2511220931',
      receipt: { id: '0042', state: 'rejected', error: '0x45', ...dates },
    },
    {
      dialect: 'with commas, line breaks and blanks after the colons',
      text: 'id: 17,\nstat: DELIVRD,\nerr: 0,\nsubmit date: 2511220930,\r\ndone date: 2511220931\0',
      receipt: { id: '17', state: 'delivered', error: '0', ...dates },
    },
    {
      dialect: 'with fields of its vendor between the others',
      text: 'id:17 mccmnc:21401 sub:001 submit date:2511220930 price:0.05 done date:2511220931 stat:DELIVRD err:000',
      receipt: { id: '17', state: 'delivered', error: '000', ...dates },
    },
    {
      dialect: 'whose quoted text looks like fields',
      text: 'id:17 stat:UNDELIV err:001 text:id:99 stat:DELIVRD',
      receipt: { id: '17', state: 'undeliverable', error: '001' },
    },
    {
      dialect: 'whose quoted text names a state',
      text: 'id:17 sub:001 err:001 text:DELIVRD',
      receipt: { id: '17', error: '001' },
    },
    {
      dialect: 'without an id, which then is in a TLV',
      text: 'stat:ACCEPTD err:000',
      receipt: { state: 'accepted', error: '000' },
    },
    {
      dialect: 'with dates that are none',
      text: 'id:17 submit date:0000000000 done date:never stat:DELIVRD',
      receipt: { id: '17', state: 'delivered' },
    },
    {
      dialect: 'with a 30th of February and a day that may be a month',
      text: 'id:17 submit date:2502300930 done date:05.11.2025 09:30 stat:DELIVRD',
      receipt: { id: '17', state: 'delivered' },
    },
  ])('$dialect is read', ({ text, receipt }) => {
    expect(parseReceiptText(text)).toEqual(receipt)
  })

  test.each([
    '',
    'YES',
    'My id: 12345',
    'text:id:1 stat',
    'The parcel was DELIVRD',
    'Please send text: hello',
    'status quo',
  ])('is not "%s"', (text) => {
    expect(parseReceiptText(text)).toBeUndefined()
  })
})

test.each([
  { words: 'ENROUTE enroute BUFFERED SCHEDULED 1 0', state: 'enroute' },
  { words: 'DELIVRD DELIVERED delivrd 2', state: 'delivered' },
  { words: 'EXPIRED EXPIRD 3', state: 'expired' },
  { words: 'DELETED DELETD 4', state: 'deleted' },
  { words: 'UNDELIV UNDELIVERABLE UNDELIVRD FAILED 5', state: 'undeliverable' },
  { words: 'ACCEPTD ACCEPTED ACKED 6', state: 'accepted' },
  { words: 'UNKNOWN PENDING_X 7 99', state: 'unknown' },
  { words: 'REJECTD REJECTED 8', state: 'rejected' },
  { words: 'SKIPPED 9', state: 'skipped' },
])('the words $words all say $state', ({ words, state }) => {
  for (const word of words.split(' ')) expect(parseReceiptText(`id:1 stat:${word}`)?.state, word).toBe(state)
})

test.each([
  [1, 'enroute'],
  [2, 'delivered'],
  [5, 'undeliverable'],
  [9, 'skipped'],
  [10, 'unknown'],
  [-1, 'unknown'],
])('message_state %i is %s', (messageState, state) => {
  expect(receiptStateOf(messageState)).toBe(state)
})

test('any text is read or left alone', () => {
  const pieces = fc.constantFrom(
    'id:',
    'stat:',
    'err:',
    'text:',
    'submit date:',
    'done date:',
    ' ',
    '25',
    '\t',
    'DELIVRD',
    'ü',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(pieces, { maxLength: 60, size: 'max' }).map((parts) => parts.join('')),
      ),
      (text) => {
        const receipt = parseReceiptText(text)
        if (receipt?.doneDate !== undefined) expect(receipt.doneDate).toMatch(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d$/)
      },
    ),
  )
})

test('a hostile text takes no time', () => {
  const startedAt = performance.now()
  for (const piece of ['id', 'id ', 'id\t', 'submit date', '1 ', 'id:']) parseReceiptText(piece.repeat(100_000))
  parseReceiptText(`id:1 done date:${'1-'.repeat(100_000)}`)
  parseReceiptText(`id${'\t'.repeat(200_000)}`)
  expect(performance.now() - startedAt).toBeLessThan(2_000)
})

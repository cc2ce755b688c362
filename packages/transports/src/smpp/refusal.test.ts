import { describe, expect, test } from 'vitest'
import { RequestError } from '../connection/request-error.ts'
import { statuses } from './pdu/definitions.ts'
import { PduError } from './pdu/errors.ts'
import { failedMt, refusalOf, refusedMt } from './refusal.ts'

describe('field trap 5: what slows the link down', () => {
  test.each(['ESME_RTHROTTLED', 'ESME_RMSGQFUL', 'ESME_RSUBMITFAIL'])('%s', (name) => {
    expect(refusalOf(statuses[name] ?? 0).retry).toBe('throttled')
  })
})

test.each([
  { name: 'ESME_RSYSERR', retry: 'later', code: 'smpp/temporary' },
  { name: 'ESME_RX_T_APPN', retry: 'later', code: 'smpp/temporary' },
  { name: 'ESME_RX_P_APPN', retry: 'never', code: 'smpp/rejected' },
  { name: 'ESME_RINVDSTADR', retry: 'never', code: 'smpp/invalid-destination' },
  { name: 'ESME_RINVSRCADR', retry: 'never', code: 'smpp/invalid-source' },
  { name: 'ESME_RINVMSGLEN', retry: 'never', code: 'smpp/invalid-message' },
  { name: 'ESME_RINVSERTYP', retry: 'never', code: 'smpp/invalid-request' },
])('$name is $code, to be tried again: $retry', ({ name, retry, code }) => {
  expect(refusalOf(statuses[name] ?? 0)).toMatchObject({ retry, code })
})

test('a status that nobody names is tried again', () => {
  expect(refusalOf(0x4ff)).toMatchObject({ retry: 'later', code: 'smpp/unknown-status' })
})

test('a refusal says what happened, to which MT, and what to do', () => {
  expect(refusedMt('7f3a', 0x0b).message).toBe(
    'The SMSC refused MT 7f3a (ESME_RINVDSTADR, 0x0B). Check the number, and destTon/destNpi of the link.',
  )
})

describe('field trap 8: doubt is told apart', () => {
  test.each([
    { reason: 'not-sent', code: 'smpp/not-bound', inDoubt: false },
    { reason: 'no-response', code: 'smpp/no-response', inDoubt: true },
    { reason: 'lost', code: 'smpp/link-lost', inDoubt: true },
  ] as const)('an MT that is $reason is in doubt: $inDoubt', ({ reason, code, inDoubt }) => {
    expect(failedMt('7f3a', new RequestError(reason, 'Why.'))).toMatchObject({ code, inDoubt, retry: 'later' })
  })

  test('an address that cannot be written is never tried again', () => {
    expect(failedMt('7f3a', new PduError('submit_sm.source_addr: too long', 8))).toMatchObject({
      code: 'smpp/unencodable-address',
      retry: 'never',
      inDoubt: false,
    })
  })

  test('a bug stays a bug', () => {
    const bug = new TypeError('oops')
    expect(() => failedMt('7f3a', bug)).toThrow(bug)
  })
})

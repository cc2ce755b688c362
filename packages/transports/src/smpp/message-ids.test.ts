import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MessageIds } from './message-ids.ts'

describe('field trap 1: the id of a receipt is brought to the spelling of its submit response', () => {
  test.each([
    { format: 'text', submit: '00Ab', receipt: '00Ab', same: true },
    { format: 'text', submit: '00Ab', receipt: '00ab', same: false },
    { format: 'hex', submit: '7F3A', receipt: '32570', same: true },
    { format: 'hex', submit: '7F3A', receipt: '00007f3a', same: true },
    { format: 'hex', submit: '00007F3A', receipt: '0000032570', same: true },
    { format: 'decimal', submit: '32570', receipt: '7f3a', same: true },
    { format: 'decimal', submit: '0000032570', receipt: '32570', same: true },
    { format: 'auto', submit: '7F3A', receipt: '7f3a', same: true },
    { format: 'auto', submit: '7F3A', receipt: '00007F3A', same: true },
    { format: 'auto', submit: '7F3A', receipt: '32570', same: true },
    { format: 'auto', submit: '0000032570', receipt: '32570', same: true },
    { format: 'auto', submit: '32570', receipt: '7F3A', same: true },
    { format: 'auto', submit: 'msg-Ab1', receipt: 'msg-Ab1', same: true },
    { format: 'auto', submit: 'msg-Ab1', receipt: 'msg-ab1', same: false },
    {
      format: 'auto',
      submit: 'C0FFEE00-0000-4000-8000-000000000001',
      receipt: 'c0ffee00-0000-4000-8000-000000000001',
      same: true,
    },
  ] as const)(
    '$format: submit "$submit" and receipt "$receipt" are the same: $same',
    ({ format, submit, receipt, same }) => {
      const ids = new MessageIds(format)
      const known = ids.ofSubmit(submit)
      expect(ids.ofReceipt(receipt) === known).toBe(same)
    },
  )

  test('auto learns the conversion and uses it where it cannot look', () => {
    const ids = new MessageIds('auto')
    ids.ofSubmit('7F3A0001')
    ids.ofReceipt(String(0x7f3a0001))
    expect(ids.ofReceipt(String(0x7f3a0002))).toBe('7f3a0002')
  })

  test('auto prefers what has fitted most where an id fits in two ways', () => {
    const ids = new MessageIds('auto')
    for (const id of ['7F3A', 'A0', '16', '22']) ids.ofSubmit(id)
    ids.ofReceipt(String(0x7f3a))
    ids.ofReceipt(String(0xa0))
    expect(ids.ofReceipt('22')).toBe('16')
  })

  test('an SMSC that gives no ids gives empty ones', () => {
    expect(new MessageIds('auto').ofSubmit('')).toBe('')
  })

  test('field trap 2: no id of up to 64 characters breaks any format', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('auto', 'hex', 'decimal', 'text'),
        fc.string({ maxLength: 64, unit: 'binary' }),
        (format, id) => {
          const ids = new MessageIds(format)
          const known = ids.ofSubmit(id)
          if (format === 'text' || format === 'auto') expect(ids.ofReceipt(id)).toBe(known)
        },
      ),
    )
  })

  test.each([
    { format: 'hex', receipt: (n: bigint) => n.toString() },
    { format: 'auto', receipt: (n: bigint) => n.toString(16).toUpperCase() },
    { format: 'auto', receipt: (n: bigint) => n.toString(16).padStart(20, '0') },
  ] as const)('$format: every number comes home', ({ format, receipt }) => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n }), (n) => {
        const ids = new MessageIds(format)
        expect(ids.ofSubmit(n.toString(16))).toBe(ids.ofReceipt(receipt(n)))
      }),
    )
  })
})

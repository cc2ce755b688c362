import { describe, expect, test } from 'vitest'
import { MOST_HANDSETS, readHandsets, renumbered, withHandset, withoutHandset } from './handsets.ts'

const first = '+15555550101'

describe('what the browser kept', () => {
  test.each([
    { kept: null, phones: [first] },
    { kept: 'not JSON', phones: [first] },
    { kept: '{"phones":[]}', phones: [first] },
    { kept: '{"phones":["0044 7700 900123","Ada"]}', phones: ['+447700900123'] },
    { kept: '{"phones":["+15550101","+1 555 0101"]}', phones: ['+15550101'] },
  ])('as $kept gives $phones', ({ kept, phones }) => {
    expect(readHandsets(kept).phones).toEqual(phones)
  })

  test('keeps the channel', () => {
    expect(readHandsets('{"channel":"4040","phones":[]}').channel).toBe('4040')
  })
})

describe('handsets', () => {
  test('get numbers of their own, up to as many as fit', () => {
    let handsets = readHandsets(null)
    for (let count = 0; count < 10; count += 1) handsets = withHandset(handsets)
    expect(new Set(handsets.phones).size).toBe(MOST_HANDSETS)
  })

  test('are taken away, save the last', () => {
    const two = withHandset(readHandsets(null))
    const one = withoutHandset(two, first)
    expect(one.phones).toEqual(['+15555550102'])
    expect(withoutHandset(one, '+15555550102')).toBe(one)
  })

  test.each([
    { written: '+44 7700 900123', is: ['+447700900123', '+15555550102'] },
    { written: '+1 555 555 0101', is: [first, '+15555550102'] },
    { written: '+15555550102', is: 'Another handset here has this number.' },
    { written: '0101', is: 'Write the number with its country, such as +1 555 0101.' },
  ])('renumbered to "$written" are $is', ({ written, is }) => {
    const changed = renumbered(withHandset(readHandsets(null)), first, written)
    expect(typeof changed === 'string' ? changed : changed.phones).toEqual(is)
  })
})

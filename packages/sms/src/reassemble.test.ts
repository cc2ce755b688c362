import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Charset, encodeText } from './charset.ts'
import { addPart, checkHeld, type HeldMessage, type MessagePart, partKey } from './reassemble.ts'
import { segment } from './segments.ts'
import { gsm7Text, hex, octets, unicodeText } from './testing/arbitraries.ts'

const now = Date.UTC(2025, 10, 22, 9, 30)
const minuteMs = 60_000

function part(
  sequence: number,
  text: string,
  change: Partial<MessagePart> & { readonly charset?: Charset | undefined } = {},
) {
  const charset = change.charset ?? 'gsm7'
  return {
    source: '+306900000001',
    destination: '4040',
    reference: 7,
    referenceBits: 8 as const,
    total: 3,
    sequence,
    charset,
    octets: encodeText(text, charset),
    ...change,
  } satisfies MessagePart
}

/** Adds parts one minute after another, as a host would that keeps one held message per key. */
function receive(...parts: readonly MessagePart[]) {
  const held = new Map<string, HeldMessage>()
  const added = parts.map((one, index) => {
    const result = addPart(held.get(partKey(one)), one, now + index * minuteMs, { rememberMs: 10 * minuteMs })
    if (result.held) held.set(result.held.key, result.held)
    return result
  })
  return { outcomes: added.map(({ outcome }) => outcome), last: added.at(-1), added, held }
}

describe('field trap 17: the parts of a message', () => {
  test.each([
    { name: 'in order', order: [1, 2, 3] },
    { name: 'backwards', order: [3, 2, 1] },
    { name: 'shuffled', order: [2, 3, 1] },
    { name: 'with a repeated one', order: [2, 2, 1, 2, 3] },
  ])('$name make the message', ({ order }) => {
    const texts = ['One ', 'two ', 'three']
    const { outcomes, last } = receive(...order.map((sequence) => part(sequence, texts[sequence - 1] ?? '')))
    expect(outcomes.filter((outcome) => outcome === 'complete')).toHaveLength(1)
    expect(last).toMatchObject({
      outcome: 'complete',
      message: { text: 'One two three', isComplete: true, missing: [] },
    })
  })

  test('are read with the national tables that they came with, even where an escape was cut in two', () => {
    const charset = 'gsm7:turkish:'
    const { last } = receive(
      { ...part(1, ''), charset, total: 2, octets: octets('64 6f 1b') },
      { ...part(2, ''), charset, total: 2, octets: octets('67 72 75') },
    )
    expect(last?.message?.text).toBe('doğru')
  })

  test('are pending and duplicate in between', () => {
    const { outcomes } = receive(part(2, 'b'), part(2, 'b'), part(1, 'a'), part(3, 'c'))
    expect(outcomes).toEqual(['pending', 'duplicate', 'pending', 'complete'])
  })

  test('repeated after completion are duplicates and begin nothing', () => {
    const { outcomes } = receive(part(1, 'a'), part(2, 'b'), part(3, 'c'), part(3, 'c'), part(1, 'a'))
    expect(outcomes.slice(2)).toEqual(['complete', 'duplicate', 'duplicate'])
  })

  test('repeated long after completion are a new message: people send the same text twice', () => {
    const done = receive(part(1, 'a', { total: 1 })).last?.held
    expect(addPart(done, part(1, 'a', { total: 1 }), now + 60 * minuteMs).outcome).toBe('complete')
  })

  test('of the same octets in another alphabet are not the same part', () => {
    const same = { total: 2, octets: octets('0041') }
    const { added } = receive(part(1, '', same), part(1, '', { ...same, charset: 'ucs2' }))
    expect(added[1]).toMatchObject({ outcome: 'pending', displaced: { text: '@A…' } })
  })

  test('of one part are complete at once', () => {
    expect(receive(part(1, 'all', { total: 1 })).last).toMatchObject({ outcome: 'complete', message: { text: 'all' } })
  })

  test.each([
    { differ: 'source', other: { source: '+306900000002' } },
    { differ: 'destination', other: { destination: '5050' } },
    { differ: 'reference', other: { reference: 8 } },
    { differ: 'size of reference', other: { referenceBits: 16 as const } },
    { differ: 'total', other: { total: 2 } },
  ])('that differ in $differ are not mixed', ({ other }) => {
    const { outcomes, held } = receive(part(1, 'a'), part(2, 'b', other))
    expect(outcomes).toEqual(['pending', 'pending'])
    expect(held.size).toBe(2)
  })

  test('with reference 0 are parts like any other', () => {
    const zero = { reference: 0, total: 2 }
    expect(receive(part(2, 'b', zero), part(1, 'a', zero)).last?.message?.text).toBe('ab')
  })

  test.each([
    { sequence: 0, total: 3 },
    { sequence: 4, total: 3 },
    { sequence: 1, total: 0 },
    { sequence: -1, total: 3 },
    { sequence: 1.5, total: 3 },
  ])('numbered $sequence of $total stand alone', ({ sequence, total }) => {
    const { last, held } = receive(part(sequence, 'alone', { total }))
    expect(last).toEqual({
      outcome: 'standalone',
      message: { text: 'alone', octets: encodeText('alone', 'gsm7'), isComplete: true, missing: [] },
    })
    expect(held.size).toBe(0)
  })

  test('of any text, cut, doubled and shuffled, make that text once', () => {
    const texts = fc.oneof(gsm7Text, unicodeText).filter((text) => segment(text).segments.length > 1)
    fc.assert(
      fc.property(texts, fc.infiniteStream(fc.nat()), (text, random) => {
        const { encoding, segments } = segment(text)
        const parts = segments.map((one, index) =>
          part(index + 1, one.text, { charset: encoding, total: segments.length }),
        )
        const arriving = [...parts, ...parts]
          .map((one) => ({ one, rank: random.next().value }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ one }) => one)
        const complete = receive(...arriving).added.filter(({ outcome }) => outcome === 'complete')
        expect(complete.map(({ message }) => message?.text)).toEqual([text])
      }),
      { numRuns: 50 },
    )
  })
})

describe('a reference that comes round', () => {
  test('releases the old message, marked incomplete, and begins a new one', () => {
    const { added } = receive(part(1, 'old '), part(2, 'half '), part(1, 'new '), part(2, 'whole '), part(3, 'text'))
    expect(added[2]).toMatchObject({
      outcome: 'pending',
      displaced: { text: 'old half …', isComplete: false, missing: [3] },
    })
    expect(added[4]).toMatchObject({ outcome: 'complete', message: { text: 'new whole text' } })
  })

  test('does not release a complete message again', () => {
    const { last } = receive(part(1, 'a', { total: 2 }), part(2, 'b', { total: 2 }), part(1, 'c', { total: 2 }))
    expect(last?.outcome).toBe('pending')
    expect(last).not.toHaveProperty('displaced')
  })
})

describe('field trap 17: time', () => {
  test('runs from the last new part, and a repeated one does not win any', () => {
    const first = addPart(undefined, part(1, 'a'), now, { timeoutMs: 100 }).held
    const second = addPart(first, part(2, 'b'), now + 90, { timeoutMs: 100 }).held
    const third = addPart(second, part(2, 'b'), now + 95, { timeoutMs: 100 }).held
    expect([first, second, third].map((held) => held && held.dueAtMs - now)).toEqual([100, 190, 190])
  })

  test('that is up releases what came, with its gaps shown and named', () => {
    const { held } = receive(part(2, 'middle', { total: 5 }), part(4, 'later', { total: 5 }))
    const [only] = held.values()
    if (only === undefined) return expect.unreachable('nothing is held')
    expect(checkHeld(only, only.dueAtMs - 1)).toEqual({ outcome: 'waiting', dueAtMs: only.dueAtMs })
    expect(checkHeld(only, only.dueAtMs)).toMatchObject({
      outcome: 'incomplete',
      message: { text: '…middle…later…', isComplete: false, missing: [1, 3, 5] },
    })
  })

  test('that is up forgets a complete message', () => {
    const { held } = receive(part(1, 'a', { total: 1 }))
    const [only] = held.values()
    expect(only && checkHeld(only, only.dueAtMs - 1).outcome).toBe('waiting')
    expect(only && checkHeld(only, only.dueAtMs)).toEqual({ outcome: 'forget' })
  })

  test('that passed while the host was stopped does not tear a message apart', () => {
    const held = addPart(undefined, part(1, 'a', { total: 2 }), now).held
    expect(addPart(held, part(2, 'b', { total: 2 }), now + 24 * 60 * minuteMs).message?.text).toBe('ab')
  })

  test('leaves what was held before as it was', () => {
    const before = addPart(undefined, part(1, 'a'), now).held
    addPart(before, part(2, 'b'), now)
    expect(before?.parts.size).toBe(1)
  })
})

describe('the text', () => {
  test('is whole where the sender cut an escape pair in two', () => {
    const { last } = receive(
      part(1, '', { total: 2, octets: octets('31301b') }),
      part(2, '', { total: 2, octets: octets('6521') }),
    )
    expect(last?.message?.text).toBe('10€!')
  })

  test('is whole where the sender cut a surrogate pair in two', () => {
    const ucs2 = { total: 2, charset: 'ucs2' } as const
    const { last } = receive(
      part(1, '', { ...ucs2, octets: octets('0041d83d') }),
      part(2, '', { ...ucs2, octets: octets('de000042') }),
    )
    expect(last?.message?.text).toBe('A😀B')
  })

  test('may change its alphabet from part to part', () => {
    const { last } = receive(part(1, 'Hi '), part(2, 'жж ', { charset: 'ucs2' }), part(3, '{ok}'))
    expect(last?.message?.text).toBe('Hi жж {ok}')
  })

  test('with octets outside its alphabet keeps the rest', () => {
    const { last } = receive(part(1, '', { total: 1, octets: octets('48e969') }))
    expect(last?.message?.text).toBe('H\ufffdi')
  })

  test('is absent where a part is binary, the octets are there', () => {
    const binary = { charset: undefined, total: 2 }
    const { last } = receive(
      part(2, '', { ...binary, octets: octets('beef') }),
      part(1, '', { ...binary, octets: octets('dead') }),
    )
    expect(last?.message).not.toHaveProperty('text')
    expect(last?.message && hex(last.message.octets)).toBe('deadbeef')
  })
})

test('a held message of another key is a mistake of the caller', () => {
  const held = addPart(undefined, part(1, 'a'), now).held
  expect(() => addPart(held, part(2, 'b', { reference: 8 }), now)).toThrow(/Look the held message up by partKey/)
})

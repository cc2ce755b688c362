import * as z from 'zod'
import { fullNumber } from '../../../shared/words/phone-number.ts'

/** The handsets on the table: their numbers, and the channel they text. */
export interface Handsets {
  /** Undefined until somebody chose one. */
  readonly channel?: string | undefined
  readonly phones: readonly string[]
}

/** As many as fit beside each other and can still be looked at. */
export const MOST_HANDSETS = 6

const stored = z.object({ channel: z.string().optional(), phones: z.array(z.string()) })

/** What this browser kept, mended: one handset at least, each number once. */
export function readHandsets(text: string | null): Handsets {
  const { channel, phones } = stored.safeParse(parsed(text)).data ?? { phones: [] }
  const numbers = [...new Set(phones.flatMap((phone) => fullNumber(phone) ?? []))].slice(0, MOST_HANDSETS)
  return { channel, phones: numbers.length > 0 ? numbers : [nextNumber([])] }
}

/** One more, with a number nobody here has. */
export function withHandset(handsets: Handsets): Handsets {
  if (handsets.phones.length >= MOST_HANDSETS) return handsets
  return { ...handsets, phones: [...handsets.phones, nextNumber(handsets.phones)] }
}

/** One fewer; the last one stays. */
export function withoutHandset(handsets: Handsets, phone: string): Handsets {
  const phones = handsets.phones.filter((one) => one !== phone)
  return phones.length === 0 ? handsets : { ...handsets, phones }
}

/** The same handset with another number. @returns a sentence when it cannot have it */
export function renumbered(handsets: Handsets, phone: string, written: string): Handsets | string {
  const number = fullNumber(written)
  if (number === undefined) return 'Write the number with its country, such as +1 555 0101.'
  if (number !== phone && handsets.phones.includes(number)) return 'Another handset here has this number.'
  return { ...handsets, phones: handsets.phones.map((one) => (one === phone ? number : one)) }
}

/** 555-01xx belongs to nobody: such numbers are kept for films. */
function nextNumber(taken: readonly string[]): string {
  for (let last = 101; ; last += 1) {
    const number = `+1555555${String(last).padStart(4, '0')}`
    if (!taken.includes(number)) return number
  }
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}

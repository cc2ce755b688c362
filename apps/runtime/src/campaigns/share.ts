import { createHash } from 'node:crypto'

/** A number from 0 on, less than 1, that is the same for the same words for ever: variants and spreading go by it. */
export function shareOf(...words: readonly string[]): number {
  return createHash('sha256').update(words.join('\0')).digest().readUInt32BE() / 2 ** 32
}

/** A variant as far as the lot goes. */
interface Weighted {
  readonly id: string
  readonly weight: number
}

/** The variant that falls to a contact, by the weights. */
export function variantFor(variants: readonly Weighted[], campaign: string, phone: string): Weighted {
  const total = variants.reduce((sum, { weight }) => sum + weight, 0)
  let left = shareOf('variant', campaign, phone) * total
  const found = variants.find(({ weight }) => {
    left -= weight
    return left < 0
  })
  const [first] = variants
  if (first === undefined) throw new Error('A campaign has at least one variant.')
  return found ?? first
}

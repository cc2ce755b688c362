/** How submit_sm_resp writes message ids (CONTRACT §2). */
export type MessageIdFormat = 'auto' | 'hex' | 'decimal' | 'text'

/** How an SMSC turns the id of its submit_sm_resp into the one of its receipts. */
type Conversion = 'same' | 'hex-to-decimal' | 'decimal-to-hex'

/** Ids that are known again as they were written; what is older follows what was learned. */
const REMEMBERED = 50_000

/**
 * Brings the message ids of submit responses and of receipts into one spelling. The best-known trap of SMPP: the same
 * message is `7F3A` in submit_sm_resp and `32570` or `00007f3a` in its receipt.
 *
 * `hex` and `decimal` say how submit_sm_resp writes the number: `hex` receipts are decimal unless they have letters, and
 * the other way round. `text` compares ids as they are. `auto` remembers the ids it saw, tries the conversions on each
 * receipt, and takes the one that has fitted most often where several do or none does.
 */
export class MessageIds {
  readonly #format: MessageIdFormat
  /** What the SMSC wrote, by the spelling of `ofSubmit`. */
  readonly #known = new Map<string, string>()
  readonly #fits: Record<Conversion, number> = { same: 0, 'hex-to-decimal': 0, 'decimal-to-hex': 0 }

  constructor(format: MessageIdFormat) {
    this.#format = format
  }

  /** The spelling under which the id of a submit_sm_resp is known from now on; empty if the SMSC gave none. */
  ofSubmit(id: string): string {
    const known = this.#spelt(id)
    if (known !== '') this.#remember(known, id)
    return known
  }

  /** How the SMSC wrote the id that `ofSubmit` gave, to ask about it; a guess where that was long ago. */
  asWritten(known: string): string {
    const written = this.#known.get(known)
    if (written !== undefined) return written
    return this.#format === 'hex' && /^\d+$/.test(known) ? BigInt(known).toString(16).toUpperCase() : known
  }

  #spelt(id: string): string {
    switch (this.#format) {
      case 'text':
        return id
      case 'hex':
        return fromHex(id) ?? id
      case 'decimal':
        return fromDecimal(id) ?? id
      case 'auto':
        return plainId(id)
    }
  }

  /** The spelling of `ofSubmit` for the id of a receipt. */
  ofReceipt(id: string): string {
    switch (this.#format) {
      case 'text':
        return id
      case 'hex':
        return fromDecimal(id) ?? fromHex(id) ?? id
      case 'decimal':
        return (isOnlyHex(id) ? fromHex(id) : fromDecimal(id)) ?? id
      case 'auto':
        return this.#find(plainId(id))
    }
  }

  #find(id: string): string {
    const fitting = conversions.filter((conversion) => this.#known.has(submitIdOf(id, conversion)))
    const [first] = fitting
    // Only an id that fits in one way teaches anything: small numbers fit in several.
    if (first !== undefined && fitting.length === 1) this.#fits[first]++
    return submitIdOf(id, this.#mostUsual(fitting.length > 0 ? fitting : conversions))
  }

  #mostUsual(among: readonly Conversion[]): Conversion {
    return among.toSorted((a, b) => this.#fits[b] - this.#fits[a])[0] ?? 'same'
  }

  #remember(id: string, written: string): void {
    this.#known.delete(id)
    this.#known.set(id, written)
    const [oldest] = this.#known.keys()
    if (this.#known.size > REMEMBERED && oldest !== undefined) this.#known.delete(oldest)
  }
}

const conversions: readonly Conversion[] = ['same', 'hex-to-decimal', 'decimal-to-hex']

/** What the submit response must have said for the receipt to say `id`, both as {@link plainId}. */
function submitIdOf(id: string, conversion: Conversion): string {
  switch (conversion) {
    case 'same':
      return id
    case 'hex-to-decimal':
      return /^\d+$/.test(id) ? BigInt(id).toString(16) : id
    case 'decimal-to-hex':
      return /^[\da-f]+$/.test(id) ? BigInt(`0x${id}`).toString() : id
  }
}

/** Numbers without padding, and they and UUIDs in lower case; anything else as it is. */
function plainId(id: string): string {
  const text = id.trim()
  if (!/^[\da-f-]+$/i.test(text)) return text
  return text.toLowerCase().replace(/^0+(?=[\da-f]+$)/, '')
}

function fromHex(id: string): string | undefined {
  const digits = id.trim().replace(/^0x/i, '')
  return /^[\da-f]+$/i.test(digits) ? BigInt(`0x${digits}`).toString() : undefined
}

function fromDecimal(id: string): string | undefined {
  const digits = id.trim()
  return /^\d+$/.test(digits) ? BigInt(digits).toString() : undefined
}

function isOnlyHex(id: string): boolean {
  return /[a-f]/i.test(id)
}

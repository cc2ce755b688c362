/** Far above any honest line: a TPDU is 350 hex digits. */
const LONGEST_LINE = 4_096

/** What a modem writes, piece by piece. */
export type Piece = { readonly kind: 'line'; readonly text: string } | { readonly kind: 'prompt' }

/** Cuts the octets of a modem into lines; the prompt for a message, `> `, is no line and ends in nothing. */
export class LineSplitter {
  #pending = ''

  /** The pieces that are whole now. Octets beyond ASCII are read as Latin-1. */
  push(octets: Uint8Array): Piece[] {
    this.#pending += latin1(octets)
    const parts = this.#pending.split(/[\r\n]+/)
    const rest = parts.pop() ?? ''
    const pieces = parts.flatMap((part) => piecesOf(part))
    if (/^\s*>\s?$/.test(rest)) {
      this.#pending = ''
      return [...pieces, { kind: 'prompt' }]
    }
    // Noise without an end must not fill the memory.
    this.#pending = rest.length > LONGEST_LINE ? '' : rest
    return pieces
  }
}

function piecesOf(part: string): Piece[] {
  const text = part.trim()
  if (text === '') return []
  return text === '>' ? [{ kind: 'prompt' }] : [{ kind: 'line', text }]
}

function latin1(octets: Uint8Array): string {
  return Array.from(octets, (octet) => String.fromCharCode(octet)).join('')
}

/** The digits of semi-octets, the low one first; 0xF fills the last octet (3GPP TS 23.040 §9.1.2.3). */
const symbols = '0123456789*#abc'

/** The symbols of so many semi-octets; one that fills ends them. */
export function readSemiOctets(octets: Uint8Array, count = octets.length * 2): string {
  let text = ''
  for (let index = 0; index < count; index++) {
    const octet = octets[index >>> 1] ?? 0xff
    const symbol = symbols[index % 2 === 0 ? octet & 0x0f : octet >>> 4]
    if (symbol === undefined) break
    text += symbol
  }
  return text
}

/** The semi-octets of symbols; undefined if one of them is none. */
export function writeSemiOctets(text: string): Uint8Array<ArrayBuffer> | undefined {
  const octets = new Uint8Array(Math.ceil(text.length / 2)).fill(0xff)
  for (let index = 0; index < text.length; index++) {
    const value = symbols.indexOf(text.charAt(index).toLowerCase())
    if (value < 0) return undefined
    const at = index >>> 1
    octets[at] = index % 2 === 0 ? 0xf0 | value : ((octets[at] ?? 0) & 0x0f) | (value << 4)
  }
  return octets
}

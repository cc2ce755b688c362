import { Buffer } from 'node:buffer'

/** Extra services of XSer (EMI/UCP 4.6 §5.1.2). */
export const XSER = { udh: 0x01, dataCoding: 0x02 } as const

/** Writes extra services as hex: type, length, data, one after another. */
export function encodeXser(services: readonly (readonly [type: number, data: Uint8Array])[]): string {
  const pieces = services.flatMap(([type, data]) => [Uint8Array.of(type, data.length), data])
  return Buffer.concat(pieces).toString('hex').toUpperCase()
}

/** The extra services of an XSer, each by its type, the first of each; what is cut off or no hex ends it. */
export function decodeXser(hex: string): ReadonlyMap<number, Uint8Array> {
  const octets = Buffer.from(hex, 'hex')
  const services = new Map<number, Uint8Array>()
  for (let at = 0; at + 2 <= octets.length; ) {
    const type = octets[at] ?? 0
    const end = at + 2 + (octets[at + 1] ?? 0)
    if (end > octets.length) break
    if (!services.has(type)) services.set(type, octets.subarray(at + 2, end))
    at = end
  }
  return services
}

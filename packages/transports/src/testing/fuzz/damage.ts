import { Buffer } from 'node:buffer'

/** A sound frame, or two, with one to three things wrong. */
export function damaged(sound: readonly Buffer[], random: () => number): Buffer {
  const pick = () => sound[Math.floor(random() * sound.length)] ?? Buffer.alloc(0)
  let octets = Buffer.from(pick())
  for (let times = 1 + Math.floor(random() * 3); times > 0; times--) {
    const at = Math.floor(random() * octets.length)
    const octet = Math.floor(random() * 256)
    switch (Math.floor(random() * 7)) {
      case 0:
        octets[at] = octet
        break
      case 1:
        octets = Buffer.concat([octets.subarray(0, at), octets.subarray(at + 1)])
        break
      case 2:
        octets = Buffer.concat([octets.subarray(0, at), Buffer.of(octet), octets.subarray(at)])
        break
      case 3:
        octets = Buffer.from(octets.subarray(0, at))
        break
      case 4:
        octets = Buffer.concat([octets.subarray(0, at), pick()])
        break
      case 5:
        octets = Buffer.concat([octets.subarray(0, at), Buffer.alloc(Math.floor(random() * 3_000), octet), octets])
        break
      default:
        // A digit for a digit keeps the shape: what is wrong then is the meaning.
        octets[at] = 0x30 + (octet % 10)
    }
  }
  return octets
}

/** A small generator of random numbers from a seed (mulberry32, public domain). */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BUCKET_COUNT, bucketOf, fnv1a, phoneHash } from './bucket.ts'

describe('FNV-1a', () => {
  // draft-eastlake-fnv, test vectors of the 32-bit variant.
  test.each([
    { text: '', hash: 0x811c9dc5 },
    { text: 'a', hash: 0xe40c292c },
    { text: 'foobar', hash: 0xbf9cf968 },
  ])('of "$text" is $hash', ({ text, hash }) => {
    expect(fnv1a(text)).toBe(hash)
  })

  test('runs over UTF-8 octets', () => {
    const octets = Array.from(new TextEncoder().encode('é'), (octet) => String.fromCharCode(octet))
    expect(fnv1a('é')).not.toBe(fnv1a(octets.join('')))
    expect(fnv1a('é')).toBe([0xc3, 0xa9].reduce((hash, octet) => Math.imul(hash ^ octet, 0x01000193), 0x811c9dc5) >>> 0)
  })
})

describe('buckets', () => {
  // These stand in stored keys: a release that computes others loses every session.
  test.each([
    { channel: '4040', phone: '+15550001', bucket: 55 },
    { channel: 'árvíz', phone: '+36301234567', bucket: 14 },
    { channel: '', phone: '', bucket: 31 },
  ])('of ($channel, $phone) is $bucket for ever', ({ channel, phone, bucket }) => {
    expect(bucketOf(channel, phone)).toBe(bucket)
  })

  test('lie within their range whatever the texts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (channel, phone) => {
        expect(bucketOf(channel, phone)).toBeGreaterThanOrEqual(0)
        expect(bucketOf(channel, phone)).toBeLessThan(BUCKET_COUNT)
        expect(phoneHash(phone)).toBeLessThan(2 ** 31)
      }),
    )
  })

  test('fill evenly with consecutive numbers', () => {
    const counts = new Array<number>(BUCKET_COUNT).fill(0)
    for (let i = 0; i < 6_400; i += 1) {
      const bucket = bucketOf('4040', `+1555${String(i).padStart(7, '0')}`)
      counts[bucket] = (counts[bucket] ?? 0) + 1
    }
    expect(Math.min(...counts)).toBeGreaterThan(50)
    expect(Math.max(...counts)).toBeLessThan(200)
  })
})

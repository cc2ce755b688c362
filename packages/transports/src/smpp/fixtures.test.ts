import { Buffer } from 'node:buffer'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { decodePdu } from './pdu/decode.ts'
import { encodePdu } from './pdu/encode.ts'
import type { PduInput } from './pdu/pdu.ts'

// PDUs that other programs sent: `name.hex` is what came, `name.json` what it means; `-u` writes the latter anew.
const folder = new URL('./fixtures/', import.meta.url)
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.hex'))
  .map((name) => name.slice(0, -'.hex'.length))

test.each(names)('%s is read as written down, and written as it came', async (name) => {
  const octets = Buffer.from(readFileSync(new URL(`${name}.hex`, folder), 'utf8').replace(/\s/g, ''), 'hex')
  const pdu = decodePdu(octets)
  const readable = JSON.stringify(pdu, (_key, value: unknown) => (isBuffer(value) ? { hex: hexOf(value) } : value), 2)
  await expect(`${readable}\n`).toMatchFileSnapshot(new URL(`${name}.json`, folder).pathname)
  expect(encodePdu(pdu as PduInput).toString('hex')).toBe(octets.toString('hex'))
})

/** A Buffer has become `{type, data}` by the time JSON.stringify hands it over. */
function isBuffer(value: unknown): value is { readonly data: readonly number[] } {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer'
}

function hexOf({ data }: { readonly data: readonly number[] }): string {
  return Buffer.from(data).toString('hex')
}

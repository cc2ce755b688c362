import { stoppedClock } from '@textloom/core/testing'
import { encodeText, segment } from '@textloom/sms'
import { describe, expect, test } from 'vitest'
import { echoFlow } from './testing/flows.ts'
import { hostingOn, type Kit, until } from './testing/hosting-kit.ts'
import { type ScriptedNetwork, scriptedNetwork } from './testing/scripted-link.ts'
import { withDatabase } from './testing/with-database.ts'

const anna = '+15550001'
const ben = '+15550002'
const database = withDatabase()
const long = 'The quick brown fox jumps over the lazy dog. '.repeat(8).trim()
const unicode = 'Árvíztűrő tükörfúrógép 🦊 '.repeat(8).trim()

interface Part {
  readonly from: string
  readonly text: string
  readonly reference: number
  readonly total: number
  readonly sequence: number
  readonly encoding: 'gsm7' | 'ucs2'
}

function partsOf(from: string, text: string, reference = 7): Part[] {
  const { segments, encoding } = segment(text)
  const total = segments.length
  return segments.map((one, index) => ({ from, text: one.text, reference, total, sequence: index + 1, encoding }))
}

let count = 0

function hear(network: ScriptedNetwork, { from, text, ...part }: Part): Promise<void> {
  count += 1
  const octets = encodeText(text, part.encoding)
  return network
    .host()
    .submit({ type: 'mo', id: `mo:phone:p${count}`, from, to: '4040', text, part: { ...part, octets } })
}

async function open(
  options: { clock?: ReturnType<typeof stoppedClock> } = {},
): Promise<{ kit: Kit; network: ScriptedNetwork }> {
  const network = scriptedNetwork()
  const kit = await hostingOn(database().sql, { flows: [echoFlow()], network, ...options })
  await until(() => kit.links.status('phone')?.state === 'bound')
  return { kit, network }
}

async function texts(): Promise<string[]> {
  const rows = await database().sql.query<{ text: string }>(
    `select body ->> 'text' as text from inbox where kind = 'mo' order by id`,
  )
  return rows.map(({ text }) => text)
}

describe('field trap 17: a long MO', () => {
  test.each([
    { what: 'GSM 7-bit', text: long },
    { what: 'UCS-2', text: unicode },
  ])('in $what is one text, whatever order its parts come in, however often', async ({ text }) => {
    const { kit, network } = await open()
    const parts = partsOf(anna, text)
    for (const part of [...parts.toReversed(), ...parts]) await hear(network, part)
    expect(await texts()).toEqual([text])
    await kit.stop()
  })

  test('of two phones with one reference are two texts', async () => {
    const { kit, network } = await open()
    const mixed = partsOf(anna, long).flatMap((part, index) => [part, partsOf(ben, long.toUpperCase())[index] ?? part])
    await Promise.all(mixed.map((part) => hear(network, part)))
    expect((await texts()).sort()).toEqual([long, long.toUpperCase()].sort())
    await kit.stop()
  })

  test('is put together after a restart between its parts', async () => {
    const [first, ...others] = partsOf(anna, long)
    const before = await open()
    if (first) await hear(before.network, first)
    await before.kit.stop()
    const { kit, network } = await open()
    for (const part of others) await hear(network, part)
    expect(await texts()).toEqual([long])
    await kit.stop()
  })

  test('whose process died between its last part and its handling is handled after the next start', async () => {
    const before = await open()
    await before.kit.stop()
    const parts = partsOf(anna, long)
    for (const { text, encoding, sequence, total } of parts) {
      await database().sql.query(
        `insert into part (bucket, channel, phone, reference, sequence, total, encoding, octets_hex, link, message_id, recipient, received_at)
         values ($1::smallint, '4040', $2::text, $3::text, $4::smallint, $5::smallint, $6::text, $7::text, 'phone', $8::text, '4040', now())`,
        [
          0,
          anna,
          JSON.stringify([7, 0, total, anna, '4040']),
          sequence,
          total,
          encoding,
          Buffer.from(encodeText(text, encoding)).toString('hex'),
          `mo:x${sequence}`,
        ],
      )
    }
    const { kit } = await open()
    await expect.poll(texts).toEqual([long])
    await kit.stop()
  })

  test('of which a part is missing is released after three minutes, with a mark at the gap', async () => {
    const clock = stoppedClock()
    const { kit, network } = await open({ clock })
    const parts = partsOf(anna, long)
    for (const part of parts.filter(({ sequence }) => sequence !== 2)) await hear(network, part)
    expect(await texts()).toEqual([])
    await kit.stop()
    clock.advance(181_000)
    const again = await open({ clock })
    await expect.poll(texts, { timeout: 12_000 }).toEqual([`${parts[0]?.text}…${parts[2]?.text}`])
    const [row] = await kit.sql.query<{ body: object }>(`select body from inbox where kind = 'mo'`)
    expect(row?.body).toMatchObject({ missingParts: [2] })
    await again.kit.stop()
  }, 30_000)

  test('that reuses a reference is a new text', async () => {
    const { kit, network } = await open()
    for (const part of partsOf(anna, long)) await hear(network, part)
    for (const part of partsOf(anna, long.toUpperCase())) await hear(network, part)
    expect(await texts()).toEqual([long, long.toUpperCase()])
    await kit.stop()
  })
})

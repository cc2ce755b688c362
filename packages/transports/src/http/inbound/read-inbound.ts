import { createHash } from 'node:crypto'
import type { InboundDlr, InboundMo, InboundPart } from '@textloom/core'
import { decodeUdh, encodeUcs2, findConcatenation } from '@textloom/sms'
import { type Fields, isSaid, readText, readTexts } from '../field-path.ts'
import { dlrStateOf, type HttpSettings } from '../settings.ts'
import { textOf } from './charset.ts'
import type { ReadRequest } from './read-fields.ts'

/** Names an MO: by the provider's id, or else by a new one of ours. */
export type MoIds = (providerId: string | undefined) => string

/** One event of a request; undefined for what is neither MO nor receipt. @throws Unreadable */
export function readInbound(
  item: Fields,
  read: ReadRequest,
  settings: HttpSettings,
  moId: MoIds,
): InboundMo | InboundDlr | undefined {
  const { receiptWhen, moWhen } = settings
  if (receiptWhen !== '' && isSaid(item, receiptWhen)) return readReceipt(item, settings)
  return moWhen === '' || isSaid(item, moWhen) ? readMo(item, read, settings, moId) : undefined
}

/** A field is missing that nothing can be done without. */
export class Unreadable extends Error {}

function readReceipt(item: Fields, settings: HttpSettings): InboundDlr {
  const error = readText(item, settings.receiptError)
  return {
    type: 'dlr',
    providerId: needed(item, settings.receiptId, 'the id of the message that the receipt is about'),
    state: dlrStateOf(needed(item, settings.receiptState, 'the state in the receipt'), settings.states),
    ...(error !== undefined && error !== '' && { error: error.slice(0, 200) }),
  }
}

function readMo(item: Fields, read: ReadRequest, settings: HttpSettings, moId: MoIds): InboundMo {
  const from = plusOf(needed(item, settings.moFrom, 'the sender'), settings)
  const to = plusOf(readText(item, settings.moTo) || settings.number, settings)
  const text = [readMoText(item, read, settings), ...filesOf(item, settings.moMedia)].filter(Boolean).join('\n')
  const providerId = readText(item, settings.moId)
  const part = readPart(item, read, settings, text)
  const wire = JSON.stringify([from, to, text, part?.reference, part?.sequence])
  return {
    type: 'mo',
    id: moId(providerId || undefined),
    ...(!providerId && { fingerprint: createHash('sha256').update(wire).digest('base64url') }),
    from,
    to,
    text,
    ...(part !== undefined && { part }),
  }
}

function readMoText(item: Fields, read: ReadRequest, settings: HttpSettings): string {
  const { moText, moCharset, moCoding, moMedia } = settings
  const octets = read.octetsOf(moText)
  if (octets !== undefined) {
    return textOf(octets, { charset: readText(item, moCharset) || undefined, coding: readText(item, moCoding) })
  }
  const text = readText(item, moText)
  // A picture without a word is a message too.
  if (text === undefined && filesOf(item, moMedia).length === 0) throw missing(moText, 'the text')
  return text ?? ''
}

function filesOf(item: Fields, path: string): readonly string[] {
  if (!path.endsWith('#')) return readTexts(item, path)
  return Array.from({ length: 10 }, (_none, index) => readTexts(item, path.replace('#', String(index)))).flat()
}

/** What is decoded already is joined as UTF-16, whatever its parts had on the way. */
function readPart(item: Fields, read: ReadRequest, settings: HttpSettings, text: string): InboundPart | undefined {
  const { moPart, moUdh } = settings
  const body = { encoding: 'ucs2', octets: encodeUcs2(text) } as const
  const [reference, total, sequence] = moPart.split(/\s+/).map((path) => readText(item, path))
  if (reference !== undefined && Number(total) > 1 && Number(sequence) >= 1) {
    return { reference: referenceOf(reference), total: Number(total), sequence: Number(sequence), ...body }
  }
  const udh = read.octetsOf(moUdh)
  if (udh === undefined || udh.length === 0) return undefined
  try {
    const found = findConcatenation(decodeUdh(udh).elements)
    if (found === undefined) return undefined
    return { ...found, ...body }
  } catch {
    return undefined
  }
}

/** References may be words; the same word is the same number. */
function referenceOf(said: string): number {
  const number = Number(said)
  if (Number.isInteger(number) && number >= 0 && number <= 0xffff) return number
  return createHash('sha256').update(said).digest().readUInt16BE(0)
}

function plusOf(address: string, { areNumbersBare }: HttpSettings): string {
  return areNumbersBare && /^\d{9,15}$/.test(address) ? `+${address}` : address.trim()
}

function needed(item: Fields, path: string, what: string): string {
  const text = readText(item, path)
  if (text === undefined || text === '') throw missing(path, what)
  return text
}

function missing(path: string, what: string): Unreadable {
  return new Unreadable(`There is no ${path || 'field'}, which is ${what}. Check the link's field settings.`)
}

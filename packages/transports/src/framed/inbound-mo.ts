import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import type { Address, InboundMo } from '@textloom/core'
import type { MoIds } from '../connection/mo-ids.ts'
import type { Body } from '../message/body.ts'

/** An MO as a link hands it to its host. */
export function inboundMo(
  { from, to, body }: { readonly from: Address; readonly to: Address; readonly body: Body },
  number: number,
  fingerprint: string,
  moIds: MoIds,
): InboundMo {
  const { octets, text, charset, concatenation } = body
  const isWhole = text !== undefined && !text.includes('\ufffd')
  return {
    type: 'mo',
    id: moIds.idOf(number, fingerprint),
    fingerprint,
    from,
    to,
    text: text ?? '',
    ...(isWhole ? {} : { rawHex: Buffer.from(octets).toString('hex') }),
    ...(concatenation === undefined ? {} : { part: { ...concatenation, encoding: charset ?? 'binary', octets } }),
  }
}

/** What makes two frames the same text: the fields that say so, the SMSC's time stamp among them. */
export function fingerprintOf(fields: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(fields)).digest('base64url').slice(0, 22)
}

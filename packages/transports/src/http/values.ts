import type { OutboundMt } from '@textloom/core'
import { isGsm7, segmentCount } from '@textloom/sms'
import type { HttpSettings } from './settings.ts'
import type { Values } from './template.ts'

/** What the placeholders stand for in one MT. `callbackUrl` is where receipts are taken, if anywhere. */
export function valuesOf(mt: OutboundMt, settings: HttpSettings, callbackUrl: string | undefined): Values {
  const text = mt.media !== undefined && settings.carriesMedia ? mt.media.caption : mt.text
  const isPlain = isGsm7(text)
  const receipts = mt.wantsDlr ? callbackUrl : undefined
  return {
    to: mt.to,
    toDigits: withoutPlus(mt.to),
    from: mt.from,
    fromDigits: withoutPlus(mt.from),
    text,
    media: mt.media?.urls,
    id: mt.key,
    encoding: isPlain ? 'gsm7' : 'ucs2',
    coding: isPlain ? 0 : 2,
    unicode: isPlain ? undefined : 'unicode',
    segments: segmentCount(text),
    validitySeconds: mt.validityMs === undefined ? undefined : Math.max(1, Math.ceil(mt.validityMs / 1_000)),
    validityMinutes: mt.validityMs === undefined ? undefined : Math.max(1, Math.ceil(mt.validityMs / 60_000)),
    wantsReceipt: mt.wantsDlr,
    callbackUrl: receipts,
    receiptUrl: receipts === undefined ? undefined : receiptUrl(receipts, mt.key, settings),
    account: settings.account === '' ? undefined : settings.account,
    password: settings.password === '' ? undefined : settings.password,
  }
}

function receiptUrl(callbackUrl: string, id: string, { inboundAuth, tokenField, inboundToken }: HttpSettings): string {
  const url = new URL(callbackUrl)
  url.searchParams.set('type', 'dlr')
  url.searchParams.set('id', id)
  if (inboundAuth === 'token' && tokenField !== '' && inboundToken !== '')
    url.searchParams.set(tokenField, inboundToken)
  return url.href
}

function withoutPlus(address: string): string {
  return address.replace(/^\+/, '')
}

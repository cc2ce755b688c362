import type { OutboundMt } from '@textloom/core'
import { isGsm7, segmentCount } from '@textloom/sms'
import type { HttpSettings } from './settings.ts'
import type { Values } from './template.ts'

/** Every placeholder, with what it stands for, for the form and the guide. */
export const placeholders = {
  to: "the phone's number",
  toDigits: 'the same without +',
  from: "the channel's address",
  fromDigits: 'the same without +',
  text: 'the text; without the addresses of its files where the template has {{media}}',
  media: 'the addresses of its files, as a list',
  id: 'our id of the message, the same on every attempt',
  encoding: 'gsm7 or ucs2, whichever the text needs',
  coding: '0 for gsm7, 2 for ucs2',
  unicode: 'the word unicode, where the text needs it',
  segments: 'how many segments the text has',
  validitySeconds: 'how long the network may try',
  validityMinutes: 'the same in minutes',
  wantsReceipt: 'true or false',
  callbackUrl: 'where this link takes receipts; left out when none is wanted or nobody could reach it',
  receiptUrl: 'the same with type=dlr, our id, and the token if there is one',
  account: 'the setting Account',
  password: 'the setting Password',
} as const

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

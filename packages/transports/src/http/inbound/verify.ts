import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { HttpSettings } from '../settings.ts'
import type { InboundRequest } from './exchange.ts'
import type { ReadRequest } from './read-fields.ts'

/** What a proof is checked against. */
export interface Verification {
  readonly request: InboundRequest
  readonly read: ReadRequest
  readonly settings: HttpSettings
  /** Where providers think they sent it, without a query; undefined where that is not known. */
  readonly publicUrl: string | undefined
  /** Epoch milliseconds. */
  readonly now: number
}

/** Signed times may be so far from ours (standard-webhooks/standard-webhooks, spec: "Verifying webhook authenticity"). */
const TOLERANCE_MS = 300_000

/** Did the provider send this? Undefined if so; else what is wrong, without a hint at what would have been right. */
export function unprovenBecause(verification: Verification): string | undefined {
  const { inboundAuth, inboundToken, password } = verification.settings
  // Twilio signs with the auth token, which sends too.
  const secret = inboundToken === '' && inboundAuth === 'twilio' ? password : inboundToken
  if (secret === '') return 'The link has no inbound token, so that nothing can prove where this comes from. Set one.'
  return checks[inboundAuth](verification, secret)
}

const checks: Readonly<
  Record<HttpSettings['inboundAuth'], (verification: Verification, secret: string) => string | undefined>
> = { token: byToken, hmac: byHmac, 'standard-webhooks': byStandardWebhooks, twilio: byTwilio, vonage: byVonage }

function byToken(verification: Verification, secret: string): string | undefined {
  const { request, read, settings } = verification
  if (request.headers['webhook-signature'] !== undefined) return byStandardWebhooks(verification, secret)
  const { tokenField } = settings
  const [, scheme = '', credentials = ''] = /^(Bearer|Basic) +(\S+) *$/i.exec(request.headers.authorization ?? '') ?? []
  const shown =
    scheme.toLowerCase() === 'basic'
      ? Buffer.from(credentials, 'base64')
          .toString('utf8')
          .replace(/^[^:]*:/, '')
      : scheme !== ''
        ? credentials
        : tokenField === ''
          ? undefined
          : (read.form.get(tokenField) ?? read.query.get(tokenField))
  if (shown === undefined) return 'Send the inbound token of the link in the header "Authorization: Bearer TOKEN".'
  return isEqual(shown, secret) ? undefined : 'The token is not the inbound token of this link.'
}

/** A hex or base64 HMAC-SHA256 of the body, and of the time behind it where the provider signs one. */
function byHmac({ request, settings, now }: Verification, secret: string): string | undefined {
  const { signatureHeader, timestampHeader } = settings
  const signature = request.headers[signatureHeader.toLowerCase()]
  if (signature === undefined) return `There is no header ${signatureHeader}.`
  const time = timestampHeader === '' ? undefined : (request.headers[timestampHeader.toLowerCase()] ?? '')
  if (time !== undefined && !isRecent(time, now)) return `The time in the header ${timestampHeader} is not now.`
  const digest = createHmac('sha256', secret)
    .update(request.body)
    .update(time ?? '')
    .digest()
  const shown = signature.replace(/^(?:sha256=|v1[,=])/i, '')
  const isHex = /^[0-9a-f]{64}$/i.test(shown)
  const isRight = isEqual(isHex ? shown.toLowerCase() : shown, digest.toString(isHex ? 'hex' : 'base64'))
  return isRight ? undefined : wrongSignature
}

/** https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
function byStandardWebhooks({ request, now }: Verification, secret: string): string | undefined {
  const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signatures } = request.headers
  if (!id || !time || !signatures) return 'It needs the headers webhook-id, webhook-timestamp and webhook-signature.'
  if (!isRecent(time, now)) return 'The time in webhook-timestamp is more than 5 minutes away.'
  // Secrets are base64, with or without the prefix; a token that is none counts as its own octets.
  const keys = [Buffer.from(secret.replace(/^whsec_/, ''), 'base64'), Buffer.from(secret)]
  const right = keys.map((key) =>
    createHmac('sha256', key).update(`${id}.${time}.`).update(request.body).digest('base64'),
  )
  const shown = signatures.split(' ').flatMap((one) => (one.startsWith('v1,') ? [one.slice('v1,'.length)] : []))
  const isRight = shown.map((one) => right.map((it) => isEqual(one, it)).some(Boolean)).some(Boolean)
  return isRight ? undefined : wrongSignature
}

/** https://www.twilio.com/docs/usage/webhooks/webhooks-security */
function byTwilio({ request, read, publicUrl }: Verification, secret: string): string | undefined {
  const signature = request.headers['x-twilio-signature']
  if (signature === undefined) return 'There is no header X-Twilio-Signature.'
  const asked = new URL(request.url)
  const urls = [
    ...(publicUrl === undefined ? [] : [`${publicUrl}${asked.search}`]),
    request.url,
    // A proxy took the TLS away.
    request.url.replace(/^http:/, 'https:'),
  ]
  const fields = [...read.form].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => `${name}${value}`)
  const isRight = urls
    .map((url) =>
      createHmac('sha1', secret)
        .update(`${url}${fields.join('')}`)
        .digest('base64'),
    )
    .map((right) => isEqual(signature, right))
    .some(Boolean)
  return isRight ? undefined : `${wrongSignature} Twilio signs the whole address: PUBLIC_URL must be as Twilio has it.`
}

/** https://developer.vonage.com/en/getting-started/concepts/signing-messages */
function byVonage({ read, now }: Verification, secret: string): string | undefined {
  const [first = {}] = read.items
  const fields = Object.entries(first).filter(([name]) => name !== 'sig')
  const { sig } = first
  if (typeof sig !== 'string')
    return 'There is no parameter sig. Ask Vonage to sign webhooks, and check by which method.'
  if (!isRecent(String(first.timestamp ?? ''), now)) return 'The parameter timestamp is more than 5 minutes away.'
  const signed = fields
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `&${name}=${String(value).replaceAll(/[&=]/g, '_')}`)
    .join('')
  // The length tells which of its methods an account uses.
  const right = [
    createHash('md5').update(`${signed}${secret}`).digest('hex'),
    ...['md5', 'sha1', 'sha256', 'sha512'].map((method) => createHmac(method, secret).update(signed).digest('hex')),
  ]
  return right.map((one) => isEqual(sig.toLowerCase(), one)).some(Boolean) ? undefined : wrongSignature
}

const wrongSignature =
  'The signature does not fit. Check that the inbound token is the secret which the provider signs with.'

function isRecent(seconds: string, now: number): boolean {
  return /^\d{1,12}$/.test(seconds) && Math.abs(now - Number(seconds) * 1_000) <= TOLERANCE_MS
}

/** In constant time: hashes have one length, and are compared whole. */
function isEqual(shown: string, right: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(shown), hash(right))
}

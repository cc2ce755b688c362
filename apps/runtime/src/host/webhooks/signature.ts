import { createHmac, randomBytes } from 'node:crypto'

const PREFIX = 'whsec_'
/** Standard Webhooks 1.0: from 24 to 64. */
const SECRET_OCTETS = 32

/** A secret for a webhook, as Standard Webhooks writes it. */
export function newWebhookSecret(): string {
  return `${PREFIX}${randomBytes(SECRET_OCTETS).toString('base64')}`
}

/** A message as it is signed. */
export interface SignedMessage {
  readonly id: string
  /** Epoch milliseconds of this attempt. */
  readonly at: number
  readonly body: string
}

/** The headers that prove a message to be ours, with a signature for each secret (Standard Webhooks 1.0). */
export function signatureHeaders({ id, at, body }: SignedMessage, secrets: readonly string[]): Record<string, string> {
  const timestamp = String(Math.floor(at / 1_000))
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.replace(PREFIX, ''), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
  })
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}

import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'

/** Encrypts credentials for the database. */
export interface SecretBox {
  /** `place` says where the secret stands (`link smsc-a password`); it opens nowhere else. */
  seal(secret: string, place: string): string
  /** @throws SealError when it was sealed with another key, for another place, or was changed */
  open(sealed: string, place: string): string
  /** What only this instance can compute of a text: the same for the same text and purpose, and no way back. */
  fingerprint(text: string, purpose: string): string
}

/** A stored credential cannot be read. */
export class SealError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'SealError'
  }
}

const PREFIX = 'sealed:1'
const IV_OCTETS = 12
const TAG_OCTETS = 16

/** AES-256-GCM (NIST SP 800-38D) with a fresh 96-bit IV for each secret; `key` has 32 octets. */
export function secretBox(key: Uint8Array): SecretBox {
  // Tells "another key" from "damaged" without saying anything of use about the key.
  const keyId = createHash('sha256').update('textloom key id').update(key).digest('hex').slice(0, 8)
  return {
    fingerprint(text, purpose) {
      // A key of its own for each purpose: what is encrypted and what is remembered never share one.
      const own = createHmac('sha256', key).update(`textloom ${purpose}`).digest()
      return createHmac('sha256', own).update(text).digest('base64url')
    },
    seal(secret, place) {
      const iv = randomBytes(IV_OCTETS)
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(place))
      const octets = Buffer.concat([iv, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return `${PREFIX}:${keyId}:${octets.toString('base64url')}`
    },
    open(sealed, place) {
      const [kind, version, sealedWith, body = ''] = sealed.split(':')
      if (`${kind}:${version}` !== PREFIX) throw new SealError(`The stored ${place} is not encrypted as expected.`)
      if (sealedWith !== keyId) {
        throw new SealError(
          `The stored ${place} was encrypted with another secret. Start with the TEXTLOOM_SECRET (or data folder) that it was stored with, or store it again.`,
        )
      }
      try {
        const octets = Buffer.from(body, 'base64url')
        const decipher = createDecipheriv('aes-256-gcm', key, octets.subarray(0, IV_OCTETS), {
          authTagLength: TAG_OCTETS,
        })
        decipher.setAAD(Buffer.from(place)).setAuthTag(octets.subarray(-TAG_OCTETS))
        return decipher.update(octets.subarray(IV_OCTETS, -TAG_OCTETS), undefined, 'utf8') + decipher.final('utf8')
      } catch {
        throw new SealError(`The stored ${place} was changed or belongs elsewhere. Store it again.`)
      }
    },
  }
}

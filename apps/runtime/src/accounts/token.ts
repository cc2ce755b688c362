import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits as text that may stand in cookies and links. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What is stored of a token: SHA-256 without salt or stretching, since the token has 256 random bits. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

import type { RecogniseContext, Recognised } from './context.ts'

/**
 * The first e-mail address in a text, with its domain in lower case; the part before the @ is kept as it was written,
 * for it is the receiving server's to judge (RFC 5321 §2.4). Letters of every script are letters (RFC 6531).
 */
export function recogniseEmail(text: string, _context?: RecogniseContext): Recognised<string> | undefined {
  // NFKC makes the fullwidth ＠ of Japanese keyboards an @.
  for (const { groups, 0: found } of text.slice(0, maxLength).normalize('NFKC').matchAll(address)) {
    const { local = '', domain = '' } = groups ?? {}
    if (local.includes('..') || found.length > 254) continue
    return { value: `${local}@${domain.toLowerCase()}`, text: found }
  }
  return undefined
}

/** No SMS is longer; what is pasted into one need not be searched for addresses. */
const maxLength = 2_000

// 64 octets before the @, 63 in each label of the domain (RFC 5321 §4.5.3.1, RFC 1035 §2.3.4).
const address =
  /(?<![\p{L}\p{N}.!#$%&'*+/=?^_`{|}~@-])(?<local>[\p{L}\p{N}_+][\p{L}\p{M}\p{N}.!#$%&'*+/=?^_`{|}~-]{0,63}(?<!\.))@(?<domain>(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?\.){1,8}[\p{L}\p{M}]{2,63})(?![\p{L}\p{N}@])/gu

/**
 * The text in the octets of a percent-encoded value. What is said of it is believed: `coding` 2 is UTF-16 whatever the
 * charset (Kannel's `%b`), else the charset. Where nothing is said, or it is not true, it is UTF-8 unless it cannot be:
 * control characters and NULs are UTF-16 that did not say so (playsms/playsms#91), the rest is Windows-1252.
 */
export function textOf(
  octets: Uint8Array,
  said: { readonly charset?: string | undefined; readonly coding?: string | undefined },
): string {
  if (said.coding === '2' && octets.length % 2 === 0) return decoded(octets, utf16Of(octets, said.charset)) ?? ''
  const named = said.charset === undefined ? undefined : decoded(octets, labelOf(octets, said.charset))
  if (named !== undefined && !hasControls(named)) return named
  const utf8 = decoded(octets, 'utf-8')
  if (utf8 !== undefined && !hasControls(utf8)) return utf8
  const utf16 = octets.length % 2 === 0 && hasControls(latin1Of(octets)) ? decoded(octets, utf16Of(octets)) : undefined
  return utf16 ?? utf8 ?? decoded(octets, 'windows-1252') ?? ''
}

function decoded(octets: Uint8Array, label: string): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true }).decode(octets)
  } catch {
    return undefined
  }
}

function labelOf(octets: Uint8Array, charset: string): string {
  if (/^(utf-?16|ucs-?2|iso-10646-ucs-2)/i.test(charset)) return utf16Of(octets, charset)
  // Kannel names the default alphabet so, and writes its texts in UTF-8.
  return /^gsm|^ascii/i.test(charset) ? 'utf-8' : charset
}

/** Networks write UTF-16 with the high octet first, unless a mark or the name says otherwise. */
function utf16Of(octets: Uint8Array, charset = ''): string {
  const isLittle = (octets[0] === 0xff && octets[1] === 0xfe) || /le$/i.test(charset)
  return isLittle ? 'utf-16le' : 'utf-16be'
}

function latin1Of(octets: Uint8Array): string {
  return Buffer.from(octets).toString('latin1')
}

function hasControls(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it looks for them
  return /[\0-\x08\x0b\x0e-\x1a\x1c-\x1f]/.test(text)
}

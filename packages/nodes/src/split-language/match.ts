/**
 * Whether somebody whose language is `spoken` is meant by `wanted`: `pt` means Portuguese of anywhere, `pt-BR` that of
 * Brazil (RFC 4647 §3.3.1, basic filtering).
 */
export function speaks(spoken: string | undefined, wanted: string): boolean {
  const [tag, range] = [spoken, wanted].map((text) => (text ?? '').trim().toLowerCase().replaceAll('_', '-'))
  return tag !== '' && (tag === range || (tag ?? '').startsWith(`${range}-`))
}

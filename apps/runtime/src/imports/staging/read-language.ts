/** A language as a file has it: a tag (BCP 47), or its name in English or in itself; undefined for neither. */
export function readLanguage(text: string): string | undefined {
  const name = text.trim().toLowerCase()
  const named = languageNames().get(name)
  if (named !== undefined) return named
  if (!/^[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*$/.test(name)) return undefined
  const [tag] = canonical(name.replaceAll('_', '-'))
  return tag !== undefined && names.of(tag) !== undefined ? tag : undefined
}

const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })
let byName: ReadonlyMap<string, string> | undefined

function languageNames(): ReadonlyMap<string, string> {
  if (byName !== undefined) return byName
  const found = new Map<string, string>()
  const letters = 'abcdefghijklmnopqrstuvwxyz'
  for (const a of letters) {
    for (const b of letters) {
      const tag = a + b
      const english = names.of(tag)
      // Tags that stand for others, such as iw for he.
      if (english === undefined || canonical(tag)[0] !== tag) continue
      const own = new Intl.DisplayNames(tag, { type: 'language', fallback: 'none' }).of(tag)
      for (const name of [english, own]) if (name !== undefined) found.set(name.toLowerCase(), tag)
    }
  }
  byName = found
  return found
}

function canonical(tag: string): string[] {
  try {
    return Intl.getCanonicalLocales(tag)
  } catch {
    return []
  }
}

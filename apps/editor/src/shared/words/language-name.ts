const names = new Intl.DisplayNames(['en'], { type: 'language' })

/** `hu` is Hungarian; a tag that nobody knows is called what it is. */
export function languageName(tag: string): string {
  try {
    return names.of(tag) ?? tag
  } catch {
    return tag
  }
}

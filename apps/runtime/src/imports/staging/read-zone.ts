const known = new Map<string, string | undefined>()

/** A time zone as a file has it, by its IANA name in any case; undefined for none. */
export function readZone(text: string): string | undefined {
  const name = text.trim().replaceAll(' ', '_')
  if (!known.has(name)) known.set(name, zoneNamed(name))
  return known.get(name)
}

function zoneNamed(name: string): string | undefined {
  if (!/^[A-Za-z][\w+\-/]{1,63}$/.test(name)) return undefined
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
  } catch {
    return undefined
  }
  // As people know it: Intl gives aliases such as Asia/Calcutta for what it was not asked.
  return Intl.supportedValuesOf('timeZone').find((zone) => zone.toLowerCase() === name.toLowerCase()) ?? name
}

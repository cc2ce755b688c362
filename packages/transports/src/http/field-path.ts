/** What was read of a body: values by name, as deep as they came. */
export type Fields = Readonly<Record<string, unknown>>

/**
 * The texts at a path: `message.id`, `messages[0].message-id`, `messages.*.id` for each of a list, and `sender|from` for
 * the first that is there. Numbers and booleans are written out; objects, null and what is not there are no text.
 */
export function readTexts(value: unknown, path: string): readonly string[] {
  for (const alternative of path.split('|')) {
    const texts = valuesAt(value, alternative.trim()).flatMap(textOf)
    if (texts.length > 0) return texts
  }
  return []
}

/** The first text at a path. */
export function readText(value: unknown, path: string): string | undefined {
  return readTexts(value, path)[0]
}

function valuesAt(value: unknown, path: string): readonly unknown[] {
  if (typeof value !== 'object' || value === null || path === '') return []
  // Names of forms may have dots of their own.
  if (Object.hasOwn(value, path)) return [(value as Fields)[path]].flat()
  const [name = '', ...rest] = path.replaceAll(/\[(\d+|\*)\]/g, '.$1').split('.')
  const found = name === '*' ? Object.values(value) : Object.hasOwn(value, name) ? [(value as Fields)[name]] : []
  return rest.length === 0 ? found.flat() : found.flatMap((inner) => valuesAt(inner, rest.join('.')))
}

function textOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : []
}

/** Where something is said: a path, or a path with the values that count: `event=sms:received|mms:received`. */
export function isSaid(value: unknown, condition: string): boolean {
  const [path = '', wanted] = splitOnce(condition, '=')
  const said = readText(value, path)
  if (said === undefined) return false
  return wanted === undefined ? said !== '' : wanted.split('|').includes(said)
}

function splitOnce(text: string, mark: string): [string, string?] {
  const at = text.indexOf(mark)
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}

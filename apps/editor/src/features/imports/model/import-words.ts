/** Where an import stands, as the API names it. */
export type ImportState =
  | 'draft'
  | 'checking'
  | 'checked'
  | 'running'
  | 'done'
  | 'cancelled'
  | 'undoing'
  | 'undone'
  | 'failed'

/** True while something is done with it. */
export function isWorking(state: ImportState): boolean {
  return state === 'checking' || state === 'running' || state === 'undoing'
}

interface Words {
  readonly says: string
  readonly tone?: 'good' | 'warn' | 'bad'
}

const words: { readonly [state in ImportState]: Words } = {
  draft: { says: 'Not imported yet' },
  checking: { says: 'Being tried', tone: 'warn' },
  checked: { says: 'Ready to import', tone: 'warn' },
  running: { says: 'Importing', tone: 'warn' },
  done: { says: 'Imported', tone: 'good' },
  cancelled: { says: 'Stopped', tone: 'warn' },
  undoing: { says: 'Being undone', tone: 'warn' },
  undone: { says: 'Undone' },
  failed: { says: 'Failed', tone: 'bad' },
}

/** A state in words. */
export function stateWords(state: ImportState): Words {
  return words[state]
}

/** `1,204 contacts`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`
}

/** `3.2 MB`. */
export function sizeWords(octets: number): string {
  if (octets < 1_000) return counted(octets, 'byte')
  if (octets < 1_000_000) return `${(octets / 1_000).toFixed(octets < 10_000 ? 1 : 0)} kB`
  return `${(octets / 1_000_000).toFixed(octets < 10_000_000 ? 1 : 0)} MB`
}

/** The encodings that can be chosen. */
export const encodingChoices = [
  { value: 'utf-8', label: 'UTF-8' },
  { value: 'utf-16le', label: 'UTF-16' },
  { value: 'utf-16be', label: 'UTF-16, big-endian' },
  { value: 'windows-1250', label: 'Central European (Windows-1250)' },
  { value: 'windows-1252', label: 'Western European (Windows-1252)' },
  { value: 'windows-1251', label: 'Cyrillic (Windows-1251)' },
]

/** What can stand between values. */
export const delimiterChoices = [
  { value: ',', label: 'Comma' },
  { value: ';', label: 'Semicolon' },
  { value: '\t', label: 'Tab' },
  { value: '|', label: 'Bar' },
]

/** What a column can be for. */
export function targetChoices(fields: readonly { readonly key: string; readonly title: string }[]) {
  return [
    { value: '', label: 'Leave out' },
    { value: 'phone', label: 'Phone number' },
    { value: 'name', label: 'Name' },
    { value: 'language', label: 'Language' },
    { value: 'timezone', label: 'Time zone' },
    { value: 'groups', label: 'Groups' },
    ...fields.map(({ key, title }) => ({ value: `field:${key}`, label: title })),
  ]
}

/** What was wrong with rows that were refused. */
export function problemWords(
  problem: string,
  fields: readonly { readonly key: string; readonly title: string }[],
): string {
  const known: { readonly [problem: string]: string } = {
    phone: 'no usable phone number',
    language: 'no language that is known',
    timezone: 'no time zone that is known',
    groups: 'a group that nobody can be put into',
  }
  const key = problem.replace(/^field:/, '')
  const title = fields.find((field) => field.key === key)?.title ?? key
  return known[problem] ?? `a value that does not fit ${title}`
}

/** The share that is done, 0 to 100; undefined while nobody knows of how many. */
export function shareDone(progress: number, rows: number | undefined): number | undefined {
  return rows === undefined || rows === 0 ? undefined : Math.min(100, (100 * progress) / rows)
}

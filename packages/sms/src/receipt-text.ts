/** The states of a message in the words of SMPP (3.4 §5.2.28; `skipped` is from 5.0). */
export type ReceiptState =
  | 'enroute'
  | 'delivered'
  | 'expired'
  | 'deleted'
  | 'undeliverable'
  | 'accepted'
  | 'unknown'
  | 'rejected'
  | 'skipped'

/** What the text of a delivery receipt tells. Vendors leave out every field now and then; the TLVs go first. */
export interface ReceiptText {
  /** The message id as written; it may differ in base, padding or case from the one in submit_sm_resp. */
  readonly id?: string
  readonly state?: ReceiptState
  /** The network's own error code as written: `000`, `0054`, `0x45`. */
  readonly error?: string
  /** When the message was submitted, as `2025-11-22T09:30:00` in the SMSC's own, untold time zone. */
  readonly submitDate?: string
  /** When the state was reached, in the same form. */
  readonly doneDate?: string
}

/**
 * Parses the text of a deliver_sm that carries a delivery receipt (SMPP 3.4 appendix B):
 * `id:7f3a sub:001 dlvrd:001 submit date:2511220930 done date:2511220931 stat:DELIVRD err:000 text:Your code`.
 *
 * Fields may be missing, in any order and in any case; a date that is none is left out. The quoted `text` is never read
 * for fields. Returns undefined for what is no receipt: neither a state nor an id with another field of a receipt.
 */
export function parseReceiptText(text: string): ReceiptText | undefined {
  const { fields, head } = splitFields(text)
  const id = firstWord(fields.get('id'))
  const statWord = firstWord(fields.get('stat')) ?? unlabelledState(fields, head)
  if (statWord === undefined && (id === undefined || fields.size < 2)) return undefined
  return withoutUndefined({
    id,
    state: statWord === undefined ? undefined : stateOfWord(statWord),
    error: firstWord(fields.get('err')),
    submitDate: parseDate(fields.get('submitdate')),
    doneDate: parseDate(fields.get('donedate')),
  })
}

/** The state for the number in the `message_state` TLV or field (SMPP 3.4 §5.2.28, 5.0 §4.7.15); `unknown` if there is none. */
export function receiptStateOf(messageState: number): ReceiptState {
  return statesByNumber[messageState] ?? 'unknown'
}

// 0 is SCHEDULED in SMPP 5.0: not delivered yet, like ENROUTE.
const statesByNumber: readonly ReceiptState[] = [
  'enroute',
  'enroute',
  'delivered',
  'expired',
  'deleted',
  'undeliverable',
  'accepted',
  'unknown',
  'rejected',
  'skipped',
]

// Vendors write the seven letters of appendix B or the whole word, so that a few letters tell.
const statesByPrefix: readonly (readonly [prefix: string, state: ReceiptState])[] = [
  ['ENR', 'enroute'],
  ['BUF', 'enroute'],
  ['SCHED', 'enroute'],
  ['DELIV', 'delivered'],
  ['EXPIR', 'expired'],
  ['DELET', 'deleted'],
  ['UNDEL', 'undeliverable'],
  ['FAIL', 'undeliverable'],
  ['ACCEPT', 'accepted'],
  ['ACK', 'accepted'],
  ['UNKNOWN', 'unknown'],
  ['REJ', 'rejected'],
  ['SKIP', 'skipped'],
]

const label = /\b(id|sub|dlvrd|submit[ _]?date|done[ _]?date|stat(?:us)?|err(?:or)?|text)[ \t]*[:=]/gi
const labelAliases = new Map([
  ['status', 'stat'],
  ['error', 'err'],
])

interface Fields {
  readonly fields: ReadonlyMap<string, string>
  /** Everything before the quoted text. */
  readonly head: string
}

function splitFields(text: string): Fields {
  const fields = new Map<string, string>()
  const labels = [...text.matchAll(label)]
  for (const [position, match] of labels.entries()) {
    const name = fieldName(match[0])
    const isQuote = name === 'text' && fields.size > 0
    if (isQuote) return { fields, head: text.slice(0, match.index) }
    const value = text.slice(match.index + match[0].length, labels[position + 1]?.index)
    if (!fields.has(name) && name !== 'text') fields.set(name, value)
  }
  return { fields, head: text }
}

function fieldName(labelText: string): string {
  const name = labelText.toLowerCase().replace(/[ _\t:=]/g, '')
  return labelAliases.get(name) ?? name
}

function firstWord(value: string | undefined): string | undefined {
  return value?.match(/[^\s,;"\0]+/)?.[0]
}

/** Some SMSCs forget the label: `… done date:180903120816 DELIVRD err:000`. Only believed among other fields. */
function unlabelledState({ size }: ReadonlyMap<string, string>, head: string): string | undefined {
  if (size < 2) return undefined
  return head.match(/\b(ENROUTE|DELIVRD|EXPIRED|DELETED|UNDELIV|ACCEPTD|UNKNOWN|REJECTD|SKIPPED)\b/)?.[0]
}

function stateOfWord(word: string): ReceiptState {
  if (/^\d+$/.test(word)) return receiptStateOf(Number(word))
  const upper = word.toUpperCase()
  return statesByPrefix.find(([prefix]) => upper.startsWith(prefix))?.[1] ?? 'unknown'
}

/**
 * YYMMDDhhmm[ss], SMPP's absolute time of 15 digits and a sign, or the same with a four-digit year, with or without
 * separators. Twelve digits are ambiguous only for the years 2001 to 2012: they are read as YYMMDDhhmmss.
 */
function parseDate(value: string | undefined): string | undefined {
  const written = value?.match(/\d[\d\-/.:T ]*/)?.[0] ?? ''
  // With the year last nobody can tell the day from the month.
  if (/^\d\d\D\d\d\D\d{4}/.test(written)) return undefined
  const digits = written.replace(/\D/g, '')
  switch (digits.length) {
    case 10:
      return isoDate(`20${digits}00`)
    case 12:
      return isoDate(`20${digits}`) ?? isoDate(`${digits}00`)
    case 14:
      return isoDate(digits)
    case 15: // YYMMDDhhmmss, tenths of a second and the quarter hours of a zone that is seldom true
      return isoDate(`20${digits.slice(0, 12)}`)
    default:
      return undefined
  }
}

function isoDate(digits: string): string | undefined {
  const iso = digits.replace(/^(.{4})(..)(..)(..)(..)(..)$/, '$1-$2-$3T$4:$5:$6')
  const time = Date.parse(`${iso}Z`)
  // Date.parse takes 30 February for 2 March in some engines; only a date that comes back the same is one.
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 19) !== iso ? undefined : iso
}

function withoutUndefined(receipt: { readonly [K in keyof ReceiptText]: ReceiptText[K] | undefined }): ReceiptText {
  return Object.fromEntries(Object.entries(receipt).filter(([, value]) => value !== undefined))
}

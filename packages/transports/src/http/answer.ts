import { type SendResult, TransportError } from '@textloom/core'
import type { HttpErrorCode } from './errors.ts'
import { readText, readTexts } from './field-path.ts'
import type { Meaning } from './meaning.ts'
import type { HttpSettings } from './settings.ts'

/** What the provider answered. */
export interface ProviderAnswer {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

/** An answer as the link acts on it. */
export interface Judgement {
  readonly meaning: Meaning
  /** Of an MT that was accepted. */
  readonly result?: SendResult
  /** Of one that was not. */
  readonly error?: TransportError
  /** The link rests so long, as the provider asks. */
  readonly restMs?: number
}

/** Nothing rests longer than this, whatever a provider asks. */
const LONGEST_REST_MS = 300_000

/** Reads what the answer to an MT means, and what follows. */
export function judge(key: string, answer: ProviderAnswer, settings: HttpSettings, now: number): Judgement {
  const json = parseJson(answer.text)
  const code = find(answer, json, settings.errorCode)[0]
  const meaning = meaningOf(answer.status, code, settings)
  const restMs = restOf(answer, now)
  if (meaning === 'ok') return { meaning, result: { providerIds: idsOf(key, answer, json, settings) } }
  const said = [`HTTP ${answer.status}`, code && `code ${code}`, oneLine(find(answer, json, settings.errorText)[0])]
  const isThrottled = meaning === 'throttled' || (meaning === 'later' && restMs !== undefined)
  const { errorCode, retry, advice } = outcomes[isThrottled ? 'throttled' : meaning]
  const text = `The provider refused MT ${key} (${said.filter(Boolean).join(', ')}). ${advice}`
  const error = new TransportError(errorCode satisfies HttpErrorCode, text, { retry })
  return { meaning, error, ...(isThrottled && restMs !== undefined && { restMs }) }
}

const outcomes = {
  later: { errorCode: 'http/temporary', retry: 'later', advice: 'It is tried again.' },
  never: { errorCode: 'http/rejected', retry: 'never', advice: "Look the code up in the provider's list." },
  throttled: {
    errorCode: 'http/throttled',
    retry: 'throttled',
    advice: 'The link slows down by itself; if it stays so, lower messagesPerSecond or windowSize.',
  },
  refused: {
    errorCode: 'http/not-permitted',
    retry: 'later',
    advice: 'Check account, password and URL of the link, and the account itself. Messages wait meanwhile.',
  },
} as const satisfies Record<Exclude<Meaning, 'ok'>, { errorCode: HttpErrorCode; retry: string; advice: string }>

/** By the tables of the settings; else 2xx is taken, 429 slows down, 408, 425 and 5xx pass, others are final. */
function meaningOf(status: number, code: string | undefined, { codes, statuses }: HttpSettings): Meaning {
  const byCode = code === undefined ? undefined : codes[code]
  const byStatus = byCode ?? statuses[String(status)]
  if (byStatus !== undefined) return byStatus
  const isTaken = status >= 200 && status < 300
  // A provider that answers 200 and a code has a table that says which are fine; without one the status decides.
  if (isTaken) return code !== undefined && Object.values(codes).includes('ok') ? 'never' : 'ok'
  if (status === 429) return 'throttled'
  if (status === 408 || status === 425 || status >= 500) return 'later'
  if (settingsAreWrong.has(status) || status < 400) return 'refused'
  // Forbidden for a reason is about the message, without one about whoever asks.
  return status === 403 && code === undefined ? 'refused' : 'never'
}

const settingsAreWrong: ReadonlySet<number> = new Set([401, 402, 404, 405, 407])

function idsOf(key: string, answer: ProviderAnswer, json: unknown, { messageId }: HttpSettings): readonly string[] {
  if (messageId === '') return [key]
  const ids = find(answer, json, messageId)
  return ids.length === 0 ? [''] : ids
}

function find(answer: ProviderAnswer, json: unknown, path: string): readonly string[] {
  if (path === '') return []
  if (path.startsWith('header:')) {
    const value = answer.headers[path.slice('header:'.length).trim().toLowerCase()]
    return value === undefined ? [] : [value]
  }
  if (path.startsWith('text:')) {
    const before = path.slice('text:'.length)
    const at = answer.text.indexOf(before)
    const [word] =
      at === -1
        ? []
        : answer.text
            .slice(at + before.length)
            .trim()
            .split(/[\s,;]/)
    return word ? [word] : []
  }
  return readTexts(json, path)
}

function restOf({ headers }: ProviderAnswer, now: number): number | undefined {
  const said = readText(headers, 'retry-after')
  if (said === undefined) return undefined
  const ms = /^\d+$/.test(said) ? Number(said) * 1_000 : Date.parse(said) - now
  return Number.isFinite(ms) && ms > 0 ? Math.min(ms, LONGEST_REST_MS) : undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What a stranger wrote, fit for a log line. */
function oneLine(text: string | undefined): string | undefined {
  return text?.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, ' ').slice(0, 200)
}

import type { FlowDocument } from '@textloom/core'
import { moOutcomeWords } from '../../../shared/words/mo-outcome.ts'

/** A message as far as a handset shows it. */
export interface HandsetMessage {
  readonly id: string
  readonly direction: 'mo' | 'mt'
  readonly channel: string
  readonly text: string
  readonly at: string
  readonly session: string | null
  readonly status: string
  readonly outcome?: string
  readonly segments?: number
  readonly error?: { readonly code: string; readonly message?: string | undefined } | null
}

/** One text on the screen of a handset. */
export interface HandsetLine {
  readonly id: string
  readonly direction: 'mo' | 'mt'
  readonly text: string
  readonly atMs: number
  readonly segments?: number
  readonly note?: string | undefined
  readonly tone: 'plain' | 'bad'
  /** The first text of its day, or of its hour after a silence. */
  readonly isAfterPause: boolean
}

const PAUSE_MS = 3_600_000
const UNSENT = new Set(['queued', 'sending'])

/** The screen of a handset, the oldest text first; a text that has not left is not there yet. */
export function handsetLines(newestFirst: readonly HandsetMessage[], channel: string): readonly HandsetLine[] {
  const shown = newestFirst.filter((one) => one.channel === channel && !UNSENT.has(one.status)).toReversed()
  return shown.map((message, index) => {
    const { id, direction, text, at, segments, status, outcome } = message
    const before = shown[index - 1]
    const isLost = direction === 'mt' && (status === 'failed' || status === 'expired')
    const isDead = outcome?.startsWith('dead-letter') ?? false
    return {
      id,
      direction,
      text,
      atMs: Date.parse(at),
      ...(segments !== undefined && { segments }),
      note: isLost ? lostWords(message) : outcome === undefined ? undefined : moOutcomeWords(outcome),
      tone: isLost || isDead ? 'bad' : 'plain',
      isAfterPause: before === undefined || Date.parse(at) - Date.parse(before.at) >= PAUSE_MS,
    }
  })
}

/** The last conversation of this handset on the channel; undefined before the first. */
export function lastSession(newestFirst: readonly HandsetMessage[], channel: string): string | undefined {
  return newestFirst.find((one) => one.channel === channel && one.session !== null)?.session ?? undefined
}

/** What a handset may write to begin a flow. */
export function keywordsOf({ nodes }: Pick<FlowDocument, 'nodes'>): readonly string[] {
  return nodes.flatMap(({ type, data }) => {
    if (type !== 'keyword' || !Array.isArray(data.keywords)) return []
    return data.keywords.filter((keyword): keyword is string => typeof keyword === 'string').slice(0, 1)
  })
}

function lostWords({ error }: HandsetMessage): string {
  return `This text never arrived${error?.message === undefined ? '.' : `: ${error.message}`}`
}

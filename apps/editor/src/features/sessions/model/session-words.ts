/** A session as far as words about it go. */
export interface SessionFace {
  readonly state: 'queued' | 'active' | 'ended'
  readonly outcome: string | null
}

/** How a session stands, for its chip. */
export function stateWords({ state, outcome }: SessionFace): {
  label: string
  tone: 'good' | 'warn' | 'bad' | 'plain'
} {
  if (state === 'queued') return { label: 'Waits its turn', tone: 'warn' }
  if (state === 'active') return { label: 'Running', tone: 'good' }
  return outcomes[outcome ?? ''] ?? { label: 'Over', tone: 'plain' }
}

const outcomes: { readonly [outcome: string]: { label: string; tone: 'good' | 'warn' | 'bad' | 'plain' } } = {
  completed: { label: 'Completed', tone: 'plain' },
  expired: { label: 'Expired', tone: 'warn' },
  failed: { label: 'Failed', tone: 'bad' },
  interrupted: { label: 'Interrupted', tone: 'warn' },
  handed_over: { label: 'Handed over', tone: 'plain' },
}

/** How a session ended, as a sentence. */
export function endWords(outcome: string): string {
  return ends[outcome] ?? 'The conversation is over.'
}

const ends: { readonly [outcome: string]: string } = {
  completed: 'The conversation came to its end.',
  expired: 'It ended because nobody replied for too long.',
  failed: 'It ended because something failed.',
  interrupted: 'It was ended from outside, by STOP or by another conversation.',
  handed_over: 'It was handed over to a person.',
}

/** What began a session. */
export function sourceWords(source: string): string {
  return source === 'mo'
    ? 'Begun by a text'
    : source === 'api'
      ? 'Begun from outside, by the API'
      : `Begun by ${source}`
}

/** Why a session failed: what to do about it, beside what the runtime itself said. */
export function failureAdvice(code: string): string {
  return (
    advice[code] ?? 'Open the flow at this step, mend it and publish it again. New conversations take the new version.'
  )
}

const advice: { readonly [code: string]: string } = {
  'engine/runaway':
    'The flow went round in a circle without waiting for anybody. Put a question or a wait into the circle, then publish again.',
  'engine/template':
    'A text of this step could not be filled in. Check its variables and filters, then publish the flow again.',
  'runtime/poison': 'Try it again from Problems. If it comes back, send the operator this page.',
}

/** What a session waits for at its step. */
export function waitWords(waitsFor: string | null): string {
  return waits[waitsFor ?? ''] ?? 'Resting here'
}

const waits: { readonly [kind: string]: string } = {
  reply: 'Waiting for a reply',
  time: 'Waiting for time to pass',
  http: 'Waiting for a web service',
  agent: 'With a person',
}

/** A value as people read it: text in quotes, nothing for null. */
export function valueWords(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  if (typeof value === 'string') return `“${value}”`
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

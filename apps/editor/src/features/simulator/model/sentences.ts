import type { SimulateInput } from '@textloom/core'
import type { SimulateOutput } from '@textloom/engine'

/** Everything a conversation tells beside its texts, as a sentence for people. */
export function outputSentence(output: SimulateOutput, input?: SimulateInput): string {
  switch (output.type) {
    case 'mt':
      return output.text
    case 'result':
      return `Kept ${output.name} = ${valueWords(output.value)}${output.category === undefined ? '' : ` (${output.category})`}`
    case 'contact':
      return output.consent === 'out' ? 'Unsubscribed: gets no more messages.' : 'Subscribed again.'
    case 'http':
      return `${output.method} ${output.url}`
    case 'ignored':
      return ignoredSentence(output.reason, input)
    case 'error':
      return output.message
    case 'wait':
      return waitWords[output.for]
    case 'end':
      return endWords[output.outcome]
  }
}

/** An input that is no text, as a note between the texts. */
export function inputSentence(input: SimulateInput): string {
  if ('mo' in input) return input.mo
  if ('advance' in input) return `${durationPhrase(input.advance)} passed, nothing happened.`
  if ('dlr' in input) return input.dlr === 'delivered' ? 'The last message was delivered.' : 'The last message failed.'
  if ('agent' in input) return 'say' in input.agent ? `Agent: ${input.agent.say}` : 'An agent closed the talk.'
  return answerSentence(input.http)
}

/** What a web service answered. */
export function answerSentence(answer: Extract<SimulateInput, { http: unknown }>['http']): string {
  if ('error' in answer) return answer.error === 'timeout' ? 'No answer came in time.' : 'The server was not reached.'
  return `The server answered ${answer.status}.`
}

/** A value as people read it: text in quotes, nothing for null. */
export function valueWords(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  if (typeof value === 'string') return `“${value}”`
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function ignoredSentence(
  reason: Extract<SimulateOutput, { type: 'ignored' }>['reason'],
  input: SimulateInput | undefined,
): string {
  if (reason === 'no-match') {
    const text = input && 'mo' in input ? `“${input.mo}”` : 'this'
    return `No keyword of this flow fits ${text}, so nobody answers.`
  }
  if (reason === 'opted-out') return 'The contact said STOP, so nothing is answered until START.'
  if (reason === 'already-opted-out') return 'The contact had said STOP before, so nothing more is sent.'
  if (reason === 'no-session') return 'No conversation is running, so nothing happened.'
  return 'The flow was not waiting for a reply, so it passed this over.'
}

const waitWords = {
  reply: 'Waiting for a reply',
  time: 'Waiting for time to pass',
  http: 'Waiting for a web service',
  agent: 'Waiting for an agent',
} as const

const endWords = {
  completed: 'Conversation completed',
  expired: 'Ended: nobody replied for too long',
  failed: 'Ended because something failed',
  interrupted: 'Ended by the contact',
  handed_over: 'Handed over to people',
} as const

/** `PT90M` and `1h30m` both read `1 h 30 min`. */
function durationPhrase(duration: string): string {
  const units: Readonly<Record<string, string>> = { W: 'wk', D: 'd', H: 'h', M: 'min', S: 's', MS: 'ms' }
  const parts = [...duration.toUpperCase().matchAll(/(\d+(?:[.,]\d+)?)(MS|[WDHMS])/g)]
  return parts.map(([, amount = '', unit = '']) => `${amount} ${units[unit] ?? unit}`).join(' ') || duration
}

import type { ContactChange, SimulateInput } from '@textloom/core'
import type { SimulateOutput } from '@textloom/engine'

/** Everything a conversation tells beside its texts, as a sentence for people. */
export function outputSentence(output: SimulateOutput, input?: SimulateInput): string {
  switch (output.type) {
    case 'mt':
      return output.text
    case 'result':
      return `Kept ${output.name} = ${valueWords(output.value)}${output.category === undefined ? '' : ` (${output.category})`}`
    case 'contact':
      return changeSentence(output)
    case 'notify':
      return `${noticeWords[output.by]} to ${output.to.join(', ')}: ${output.text}`
    case 'ticket':
      return `Brought to the people of “${output.queue}”${output.note === '' ? '.' : `: ${output.note}`}`
    case 'flow':
      return 'entered' in output
        ? `Went on in the flow “${output.entered}”.`
        : `Came back from the flow “${output.left}”.`
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
  if ('agent' in input) return 'say' in input.agent ? `Agent: ${input.agent.say}` : closeWords[input.agent.close]
  if ('link' in input) return 'The link was opened.'
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

function changeSentence(change: ContactChange): string {
  if ('consent' in change) {
    if (change.topic !== undefined) return `${change.consent === 'in' ? 'Agreed to' : 'Refused'} “${change.topic}”.`
    return change.consent === 'out' ? 'Unsubscribed: gets no more messages.' : 'Subscribed again.'
  }
  if ('field' in change) return `The contact's ${change.field} is ${valueWords(change.value)} now.`
  if ('group' in change) {
    return change.change === 'added'
      ? `Added to the group “${change.group}”.`
      : `Taken out of the group “${change.group}”.`
  }
  if ('language' in change) return `The contact speaks ${change.language} now.`
  return 'name' in change ? `The contact is called ${change.name} now.` : `The contact lives by ${change.timezone} now.`
}

const noticeWords = { email: 'E-mail', webhook: 'Web request', sms: 'Text message' } as const

const closeWords = {
  resolved: 'An agent resolved it.',
  unavailable: 'No agent was there.',
  'outside-hours': 'It was outside the hours of the agents.',
  'timed-out': 'No agent answered in time.',
} as const

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

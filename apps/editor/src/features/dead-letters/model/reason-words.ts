/** Why something was put aside, and what to do about it. */
export interface ReasonWords {
  readonly title: string
  readonly todo: string
}

/** A reason of the runtime as sentences. `detail` is what it wrote beside it. */
export function reasonWords(reason: string, detail: string | null): ReasonWords {
  const known = words[reason]
  if (known !== undefined) return known
  if (reason.startsWith('sql:')) {
    return {
      title: 'The database would not store it',
      todo: 'Show this to the operator; once the database is well again, try it again.',
    }
  }
  if (/^(?:engine|nodes?)\//.test(reason)) {
    return {
      title: detail ?? 'The flow failed on this text',
      todo: 'Mend the flow at that step and publish it, then try this again.',
    }
  }
  return {
    title: detail ?? 'It could not be handled',
    todo: 'Try it again. If it comes back, show it to the operator.',
  }
}

const words: { readonly [reason: string]: ReasonWords } = {
  'no-flow': {
    title: 'No flow begins with this text',
    todo: 'Publish a flow with this keyword, or one that catches all texts, then try it again. Or put it aside.',
  },
  'no-channel': {
    title: 'The channel is gone or switched off',
    todo: 'Switch the channel on or add it again, then try this again.',
  },
  'reply-loop': {
    title: 'A machine answers us, it seems',
    todo: 'Look at the conversation. The phone is answered again once it has been quiet for half an hour.',
  },
  'engine/runaway': {
    title: 'The flow went round in a circle without waiting',
    todo: 'Put a question or a wait into the circle and publish the flow, then try this again.',
  },
  'engine/template': {
    title: 'A text of the flow could not be filled in',
    todo: 'Check the variables and filters of that step, publish the flow, then try this again.',
  },
  error: {
    title: 'Something in Textloom failed',
    todo: 'Try it again. If it comes back, show it to the operator.',
  },
}

/** What was put aside. */
export function kindWords(kind: string | null): string {
  return kinds[kind ?? ''] ?? 'Something that came in'
}

const kinds: { readonly [kind: string]: string } = {
  mo: 'A text',
  http: 'An answer of a web service',
  start: 'The start of a conversation',
  send: 'A text to be sent',
  due: 'A timer',
  dlr: 'A receipt',
  end: 'The end of a conversation',
}

/** What came of a retry. */
export function retryWords({ outcome, reason }: { readonly outcome: string; readonly reason?: string | undefined }): {
  readonly says: string
  readonly isGood: boolean
} {
  if (outcome === 'dead-letter') {
    return { says: `It failed again: ${reasonWords(reason ?? '', null).title.toLowerCase()}.`, isGood: false }
  }
  if (outcome === 'ignored') return { says: 'It was handled, and moved nothing: nobody waited for it.', isGood: true }
  return { says: results[outcome] ?? 'It was handled.', isGood: true }
}

const results: { readonly [outcome: string]: string } = {
  transition: 'It was handled: the conversation went on.',
  started: 'It was handled: the conversation began.',
  queued: 'It was handled: the text is on its way.',
  waiting: 'It waits for the running conversation to end.',
  fallback: 'It was handled: the channel’s fallback answered.',
  keyword: 'It was handled as STOP, START or HELP.',
  duplicate: 'It had been handled before.',
}

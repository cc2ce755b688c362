import type { CompileContext, GuardRef, Handle, StateFragment, TemplateField, TransitionFragment } from '@textloom/core'

/** What all nodes that wait for an answer have in common. */
export interface Asking {
  readonly text: string
  /** How many replies that do not fit are answered by asking again. */
  readonly retries: number
  /** What is sent instead of `text` when asking again. */
  readonly retryText?: string | undefined
  /** ISO 8601 duration without a reply after which the contact leaves by `timeout`; absent: for as long as it takes. */
  readonly timeout?: string | undefined
}

/** Replies that are asked again: which, and what they are told; the usual text of the question when absent. */
export interface Refusal {
  readonly guard: GuardRef
  readonly text?: string | undefined
}

/** The exits for those who do not answer, and for those who answer something else. */
export function otherExits({ timeout }: Asking, canBeOther = true): readonly Handle[] {
  return [{ id: 'other', label: 'Other reply', ...(canBeOther ? {} : { optional: true }) }, silenceExit(timeout)]
}

/** The exit for those who do not reply in time. */
export function silenceExit(timeout: string | undefined): Handle {
  return { id: 'timeout', label: 'No reply', silence: true, ...(timeout === undefined ? { optional: true } : {}) }
}

/** What a node that asks sends: the question once, and what asks again as often as it may. */
export function askingTexts({ text, retries, retryText }: Asking): readonly TemplateField[] {
  const times = { least: 0, most: retries }
  const asksAgain: readonly TemplateField[] =
    retryText === undefined ? [] : [{ path: 'retryText', template: retryText, use: 'message', times }]
  const most = retryText === undefined ? 1 + retries : 1
  return [{ path: 'text', template: text, use: 'message', times: { least: 1, most } }, ...asksAgain]
}

/**
 * A state that asks on entry and waits: `accepted` replies leave at once, `refused` ones are asked again while retries
 * are left, by the first refusal that holds, and leave by `other` after that, silence leaves by `timeout`. Each try is a
 * state of its own, so the number of tries is nothing to remember, and a new try starts a new wait for the reply.
 */
export function askingState(
  { text, retries, retryText, timeout }: Asking,
  { accepted, refused }: { accepted: readonly TransitionFragment[]; refused: readonly Refusal[] },
  { effect, leave, durationMs }: CompileContext,
): StateFragment {
  const silence = timeout === undefined ? undefined : leave('timeout')
  const after = timeout === undefined || !silence ? {} : { after: { [durationMs(timeout)]: [silence] } }
  const otherwise = leave('other')
  const asked = {
    entry: [effect({ kind: 'sendMt', text })],
    on: { mo: otherwise ? [...accepted, otherwise] : accepted },
  }
  if (retries === 0) return { ...asked, ...after }

  // The states of the tries are asked before the state around them: only what they do not take is an answer or the end.
  const tries = Array.from({ length: retries + 1 }, (_, index): [string, StateFragment] => {
    const again = refused.map(({ guard, text: said = retryText ?? text }) => ({
      target: `try-${index + 2}`,
      guard,
      actions: [effect({ kind: 'sendMt', text: said })],
    }))
    return [`try-${index + 1}`, { ...(index < retries ? { on: { mo: again } } : {}), ...after }]
  })
  return { ...asked, initial: 'try-1', states: Object.fromEntries(tries) }
}

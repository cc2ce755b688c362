import type { SimulateInput } from '@textloom/core'

/** What a web service is made to answer. */
export type HttpAnswer = Extract<SimulateInput, { http: unknown }>['http']

/** What a step's requests get without asking: an answer that was kept, or that of the real server each time. */
export type Stub = HttpAnswer | 'live'

/** What is kept for the requests of a flow, by node. */
export type Stubs = ReadonlyMap<string, Stub>

/** What the real server said, or in a sentence why it was not heard. */
export type LiveAnswer = { readonly answer: HttpAnswer } | { readonly refusal: string }

/** Where stubs live between visits: the browser's storage, or nothing at all. */
export interface StubKeeper {
  read(): Stubs
  write(stubs: Stubs): void
}

/** Answers in a row that come by themselves at most; a flow that asks in a circle is left waiting. */
export const maxOwnAnswers = 20

/** Keeps stubs in a storage; what cannot be read or written counts as nothing. */
export function stubKeeper(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>, flowId: string): StubKeeper {
  const key = `textloom.stubs.${flowId}`
  return {
    read() {
      try {
        const kept: unknown = JSON.parse(storage.getItem(key) ?? '{}')
        return new Map(Object.entries(kept as Record<string, unknown>).filter(isStub))
      } catch {
        return new Map()
      }
    },
    write(stubs) {
      try {
        if (stubs.size === 0) storage.removeItem(key)
        else storage.setItem(key, JSON.stringify(Object.fromEntries(stubs)))
      } catch {
        // A full or forbidden storage: the stubs live until the page is left.
      }
    },
  }
}

/** An answer as the form has it: a status with a text that may be JSON, or no answer at all. */
export interface AnswerForm {
  readonly kind: 'answer' | 'timeout' | 'network'
  readonly status: number
  readonly body: string
}

/** Reads the form; a body that begins like JSON must be JSON. */
export function readAnswer({ kind, status, body }: AnswerForm): { answer: HttpAnswer } | { refusal: string } {
  if (kind !== 'answer') return { answer: { error: kind } }
  if (!Number.isInteger(status) || status < 100 || status > 599)
    return { refusal: 'A status is a number from 100 to 599.' }
  const text = body.trim()
  if (text === '') return { answer: { status } }
  try {
    return { answer: { status, json: JSON.parse(text) } }
  } catch {
    if (/^[[{"]/.test(text)) return { refusal: 'This is not JSON yet: look for a missing quote, comma or bracket.' }
    return { answer: { status, text: body } }
  }
}

function isStub(entry: [string, unknown]): entry is [string, Stub] {
  const [, answer] = entry
  if (answer === 'live') return true
  return typeof answer === 'object' && answer !== null && ('error' in answer || 'status' in answer)
}

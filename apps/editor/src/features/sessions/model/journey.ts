import * as z from 'zod'
import { endWords, sourceWords, valueWords } from './session-words.ts'

/** What the runtime wrote down about a session. */
export interface Happening {
  readonly at: string
  readonly kind: string
  readonly data: unknown
}

/** A step that the session passed, with what it did there. */
export interface JourneyStep {
  readonly kind: 'step'
  readonly node: string
  /** The flow of the node, where it is a called one. */
  readonly flow?: string
  readonly atMs: number
  /** The exit it left by; absent while it is there. */
  readonly handle?: string
  /** The reply that no other exit wanted. */
  readonly text?: string
  readonly deeds: readonly string[]
}

/** Something that happened to the session as a whole. */
export interface JourneyMark {
  readonly kind: 'mark'
  readonly atMs: number
  readonly says: string
  readonly tone: 'plain' | 'bad'
}

/** Where the session turned to a flow that was called, or went on in one that had called it. */
export interface JourneyTurn {
  readonly kind: 'turn'
  readonly atMs: number
  /** Absent for the flow that the session began with. */
  readonly flow?: string
  readonly isBack: boolean
}

const flow = z.string().optional()
const passed = z.union([
  z.object({ enter: z.string(), flow }),
  z.object({ exit: z.string(), handle: z.string(), text: z.string().optional(), flow }),
])
const moved = z.object({ path: z.array(passed) })
const told = z.object({
  node: z.string().optional(),
  request: z.string().optional(),
  source: z.string().optional(),
  by: z.string().optional(),
  reason: z.string().optional(),
  outcome: z.string().optional(),
  name: z.string().optional(),
  value: z.unknown().optional(),
  category: z.string().optional(),
  segments: z.number().optional(),
  attempt: z.number().optional(),
  method: z.string().optional(),
  host: z.string().optional(),
  status: z.number().optional(),
  error: z.string().optional(),
  keyword: z.string().optional(),
})
type Told = z.infer<typeof told>

/**
 * The way of a session through its flow and those it called, in order: steps with what was done at each, and what
 * befell the session.
 */
export function journeyOf(history: readonly Happening[]): readonly (JourneyStep | JourneyMark | JourneyTurn)[] {
  const journey: (JourneyMark | JourneyTurn | (JourneyStep & { handle?: string; text?: string; deeds: string[] }))[] =
    []
  const nodeOfRequest = new Map<string, string>()
  const lastAt = (node: string | undefined) =>
    journey.findLast((one) => one.kind === 'step' && (node === undefined || one.node === node))
  const lastIn = (node: string, called: string | undefined) =>
    journey.findLast((one) => one.kind === 'step' && one.node === node && one.flow === called)
  const within: (string | undefined)[] = [undefined]
  const turnTo = (called: string | undefined, atMs: number) => {
    if (within.at(-1) === called) return
    const depth = within.indexOf(called)
    if (depth === -1) within.push(called)
    else within.length = depth + 1
    journey.push({ kind: 'turn', atMs, isBack: depth !== -1, ...(called !== undefined && { flow: called }) })
  }

  for (const { at, kind, data } of history) {
    const atMs = Date.parse(at)
    if (kind === 'session.moved') {
      for (const one of moved.safeParse(data).data?.path ?? []) {
        if ('enter' in one) {
          turnTo(one.flow, atMs)
          journey.push({ kind: 'step', node: one.enter, ...(one.flow && { flow: one.flow }), atMs, deeds: [] })
        } else {
          const step = lastIn(one.exit, one.flow)
          if (step?.kind === 'step') Object.assign(step, { handle: one.handle, ...(one.text && { text: one.text }) })
        }
      }
      continue
    }
    const facts = told.safeParse(data).data
    if (facts === undefined) continue
    const { request } = facts
    if (request !== undefined && facts.node !== undefined) nodeOfRequest.set(request, facts.node)
    const deed = deedWords(kind, facts)
    const mark = deed === undefined ? markOf(kind, facts) : undefined
    if (deed !== undefined) {
      const step = lastAt(facts.node ?? nodeOfRequest.get(request ?? ''))
      if (step?.kind === 'step') step.deeds.push(deed)
    } else if (mark !== undefined) journey.push({ kind: 'mark', atMs, ...mark })
  }
  return journey
}

/** What is done at a step. */
function deedWords(kind: string, facts: Told): string | undefined {
  const { name, value, category, segments, by, attempt = 1, method, host, status, error } = facts
  switch (kind) {
    case 'mt.queued':
      return `${by === 'agent' ? 'A person sent' : 'Sent'} a text${(segments ?? 1) === 1 ? '' : ` of ${segments} segments`}`
    case 'result':
      return `Kept ${name ?? 'an answer'}: ${valueWords(value)}${category === undefined || category === valueWords(value) ? '' : ` (${category})`}`
    case 'http.requested':
      return `Asked ${host ?? 'a web service'} (${method ?? 'GET'})${attempt > 1 ? `, attempt ${attempt}` : ''}`
    case 'http.answered':
      return status === undefined ? `No answer: ${error ?? 'it failed'}` : `It answered ${status}`
    default:
      return undefined
  }
}

/** What befalls a session. */
function markOf(
  kind: string,
  { source, reason, outcome, keyword }: Told,
): Pick<JourneyMark, 'says' | 'tone'> | undefined {
  switch (kind) {
    case 'session.started':
      return { says: `${sourceWords(source ?? 'mo')}.`, tone: 'plain' }
    case 'session.ended':
      return { says: endWords(outcome ?? ''), tone: outcome === 'failed' ? 'bad' : 'plain' }
    case 'event.dead':
      return {
        says: `Something could not be handled (${reason ?? 'no reason given'}). It is under Problems.`,
        tone: 'bad',
      }
    case 'event.ignored':
      return { says: ignored[reason ?? ''] ?? 'Something came in that moved nothing.', tone: 'plain' }
    case 'keyword.heard':
      return { says: `The phone said ${(keyword ?? '').toUpperCase()}.`, tone: 'plain' }
    default:
      return undefined
  }
}

const ignored: { readonly [reason: string]: string } = {
  'not-waiting': 'A text came while the flow was not waiting for one.',
  stale: 'Something came too late to matter.',
  'opted-out': 'The phone had said STOP, so nothing was sent.',
}

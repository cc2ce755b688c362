import { type AcceptedMt, type SegmentReport, TransportError } from '@textloom/core'
import { failedMt } from './errors.ts'
import type { Frame, Unnumbered } from './frame.ts'
import { timeStampOf } from './message-id.ts'

/** What a protocol says when it asks about a segment that was accepted, which it names by recipient and time stamp. */
export interface FollowUpProtocol<F extends Frame> {
  query(mt: AcceptedMt, timeStamp: string): Unnumbered<F>
  /** What an answer says; undefined where the SMSC tells it by a request of its own, which is read as a receipt. */
  stateIn(answer: F): Omit<SegmentReport, 'providerId'> | undefined
  cancel(mt: AcceptedMt, timeStamp: string): Unnumbered<F>
  /**
   * Puts another text in the place of one that is not delivered; absent where the protocol has no such request.
   * @throws TransportError for a text of several segments; FrameError
   */
  replace?(mt: AcceptedMt, timeStamp: string, text: string): Unnumbered<F>
  /** Why the SMSC does not do so, in a word and a number; undefined if it does. */
  refusalIn(answer: F): string | undefined
}

/** What asking about an MT takes. */
export interface FollowUp<F extends Frame> {
  readonly kind: string
  readonly protocol: FollowUpProtocol<F>
  request(request: Unnumbered<F>): Promise<F>
}

/**
 * Asks what has become of each segment. What the SMSC tells by receipts is not among the reports.
 *
 * @throws TransportError if the SMSC does not say so of any of them
 */
export async function queryMt<F extends Frame>(
  mt: AcceptedMt,
  followUp: FollowUp<F>,
): Promise<readonly SegmentReport[]> {
  const { protocol } = followUp
  const answers = await askOfEach(mt, followUp, 'not-queried', 'does not say what has become of', protocol.query)
  const told = answers.flatMap(({ providerId, outcome }) =>
    outcome instanceof TransportError ? [] : [{ providerId, outcome }],
  )
  const [first] = answers
  if (told.length === 0 && first?.outcome instanceof TransportError) throw first.outcome
  return told.flatMap(({ providerId, outcome }) => {
    const state = protocol.stateIn(outcome)
    return state === undefined ? [] : [{ providerId, ...state }]
  })
}

/**
 * Takes every segment back.
 *
 * @throws TransportError if the SMSC keeps any of them
 */
export async function cancelMt<F extends Frame>(mt: AcceptedMt, followUp: FollowUp<F>): Promise<void> {
  const answers = await askOfEach(mt, followUp, 'not-cancelled', 'does not take back', followUp.protocol.cancel)
  for (const { outcome } of answers) if (outcome instanceof TransportError) throw outcome
}

/**
 * Puts another text in the place of an MT of one segment.
 *
 * @throws TransportError if the SMSC keeps the old one, or either text is no single segment
 */
export async function replaceMt<F extends Frame>(mt: AcceptedMt, text: string, followUp: FollowUp<F>): Promise<void> {
  const { kind, protocol } = followUp
  const compose = protocol.replace?.bind(protocol)
  if (compose === undefined || mt.providerIds.length !== 1) throw notReplaced(kind, mt.key, 'it has several segments')
  const what = 'does not put another text in the place of'
  const answers = await askOfEach(mt, followUp, 'not-replaced', what, (accepted, timeStamp) =>
    compose(accepted, timeStamp, text),
  )
  for (const { outcome } of answers) if (outcome instanceof TransportError) throw outcome
}

/** The error for a text that cannot take the place of another. */
export function notReplaced(kind: string, key: string, why: string): TransportError {
  return new TransportError(`${kind}/not-replaced`, `The text of MT ${key} cannot be replaced: ${why}.`, {
    retry: 'never',
  })
}

interface Asked<F extends Frame> {
  readonly providerId: string
  readonly outcome: F | TransportError
}

function askOfEach<F extends Frame>(
  mt: AcceptedMt,
  { kind, protocol, request }: FollowUp<F>,
  name: 'not-queried' | 'not-cancelled' | 'not-replaced',
  what: string,
  compose: (mt: AcceptedMt, timeStamp: string) => Unnumbered<F>,
): Promise<Asked<F>[]> {
  const failed = (problem: string) =>
    new TransportError(`${kind}/${name}`, `The SMSC ${what} MT ${mt.key} (${problem}).`, { retry: 'never' })
  const ask = async (providerId: string): Promise<F | TransportError> => {
    const timeStamp = timeStampOf(providerId)
    if (timeStamp === undefined) return failed('it gave no time stamp by which to ask about it')
    try {
      const answer = await request(compose(mt, timeStamp))
      const refusal = protocol.refusalIn(answer)
      return refusal === undefined ? answer : failed(refusal)
    } catch (error) {
      return failedMt(kind, mt.key, error)
    }
  }
  return Promise.all(mt.providerIds.map(async (providerId) => ({ providerId, outcome: await ask(providerId) })))
}

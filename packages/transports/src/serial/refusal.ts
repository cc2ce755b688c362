import { TransportError } from '@textloom/core'
import { AtError } from './at/at-error.ts'
import type { SerialErrorCode } from './errors.ts'

interface Refusal {
  readonly code: SerialErrorCode
  readonly retry: 'later' | 'never' | 'throttled'
  readonly advice: string
}

const destination: Refusal = { code: 'serial/invalid-destination', retry: 'never', advice: 'Check the number.' }
const barred: Refusal = {
  code: 'serial/barred',
  retry: 'never',
  advice: 'Check the credit of the SIM and what its contract allows.',
}
const message: Refusal = { code: 'serial/invalid-message', retry: 'never', advice: 'Check the service centre number.' }
const throttled: Refusal = { code: 'serial/throttled', retry: 'throttled', advice: 'The link slows down by itself.' }
const temporary: Refusal = { code: 'serial/temporary', retry: 'later', advice: 'It is tried again.' }

/**
 * What the numbers of `+CMS ERROR` mean for an MT: causes of the network (3GPP TS 24.011 annex E-2), of TP-Failure (TS
 * 23.040 §9.2.3.22) and of the modem (TS 27.005 §3.2.5). What is not here may pass by itself.
 */
const refusals: ReadonlyMap<number, Refusal> = new Map([
  ...[1, 28, 195, 196].map((number) => [number, destination] as const),
  ...[8, 10, 29, 30, 50, 69, 193].map((number) => [number, barred] as const),
  ...[81, 95, 96, 97, 99, 111, 143, 144, 145, 159, 175, 176, 198, 199, 304, 305].map(
    (number) => [number, message] as const,
  ),
  ...[42, 47, 192, 314].map((number) => [number, throttled] as const),
])

/** Why a segment was not accepted, as the runtime wants to know it. */
export function failedSegment(key: string, error: unknown): TransportError {
  if (!(error instanceof AtError)) throw error
  const { problem } = error
  if (problem.kind === 'silent' || problem.kind === 'closed') {
    const code: SerialErrorCode = problem.kind === 'silent' ? 'serial/no-response' : 'serial/link-lost'
    return new TransportError(code, `MT ${key}: ${error.message}.`, { retry: 'later', inDoubt: true, cause: error })
  }
  const { code, retry, advice } = (problem.kind === 'cms' ? refusals.get(problem.number) : undefined) ?? temporary
  return new TransportError(code, `MT ${key} was refused: ${error.message}. ${advice}`, { retry, cause: error })
}

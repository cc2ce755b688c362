import type { Frame, Unnumbered } from '../framed/frame.ts'
import { OP, P, RESPONSE } from './operations.ts'

/** One parameter: its number, and its value as it stands on the wire. */
export type Cimd2Parameter = readonly [number: number, value: string]

/** A CIMD2 packet. */
export interface Cimd2Frame extends Frame {
  /** 0 to 255. */
  readonly number: number
  /** 1 to 99. */
  readonly operation: number
  /** In their order; some may come several times. */
  readonly parameters: readonly Cimd2Parameter[]
}

export type Cimd2Draft = Unnumbered<Cimd2Frame>

/** A request of this side. */
export function cimd2Request(operation: number, parameters: readonly Cimd2Parameter[] = []): Cimd2Draft {
  return { isAnswer: false, operation, parameters }
}

/** The answer to a request; with an error code it refuses. */
export function cimd2Answer(
  { operation }: Pick<Cimd2Frame, 'operation'>,
  parameters: readonly Cimd2Parameter[] = [],
): Cimd2Draft {
  return { isAnswer: true, operation: operation + RESPONSE, parameters }
}

/** The answer that refuses a request. */
export function cimd2Error(request: Pick<Cimd2Frame, 'operation'>, code: number, text: string): Cimd2Draft {
  return cimd2Answer(request, [
    [P.errorCode, String(code).padStart(3, '0')],
    [P.errorText, text],
  ])
}

/** What asks the peer to send a packet again: nothing has been done about it. */
export const cimd2Nack: Cimd2Draft = { isAnswer: true, operation: OP.nack, parameters: [] }

/** The value of the first parameter with this number. */
export function parameterOf({ parameters }: Pick<Cimd2Frame, 'parameters'>, wanted: number): string | undefined {
  return parameters.find(([number]) => number === wanted)?.[1]
}

/** The error code of an answer; undefined for one that takes its request. */
export function errorCodeOf(answer: Cimd2Frame): number | undefined {
  const code = parameterOf(answer, P.errorCode)
  if (code !== undefined) return Number.parseInt(code, 10) || undefined
  // A packet that the peer could not read, or not serve, is not taken either.
  return answer.operation === OP.nack || answer.operation === OP.generalError ? UNSAID_ERROR : undefined
}

const UNSAID_ERROR = 9

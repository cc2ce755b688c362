import type { DlrState } from '@textloom/core'
import type { Asked, PretendRefusal, SmscProtocol } from '../../framed/pretend/protocol.ts'
import { FramedSmsc, type FramedSmscOptions } from '../../framed/pretend/smsc.ts'
import { headedSegments } from '../../framed/segments.ts'
import { toRecipient, toSender } from '../address.ts'
import { bodyParameters, readCimd2Body } from '../body.ts'
import { cimd2Codec } from '../codec.ts'
import { senderOf } from '../deliver.ts'
import {
  type Cimd2Draft,
  type Cimd2Frame,
  cimd2Answer,
  cimd2Error,
  cimd2Request,
  errorCodeOf,
  parameterOf,
} from '../frame.ts'
import { DELIVERY_REQUEST, OP, P } from '../operations.ts'
import { errorCodeName } from '../refusal.ts'

/** A pretend SMSC that speaks CIMD2. */
export class PretendCimd2Smsc extends FramedSmsc<Cimd2Frame> {
  constructor(options: FramedSmscOptions = {}) {
    super(cimd2SmscProtocol, options)
  }
}

const UNEXPECTED_OPERATION = 1
const UNSUPPORTED_PARAMETER = 3
const INCORRECT_MODE = 501
const UNSUPPORTED_ITEM = 900

const cimd2SmscProtocol: SmscProtocol<Cimd2Frame> = {
  codec: cimd2Codec(),
  keepAlive: () => cimd2Request(OP.alive),
  ask(request, now) {
    switch (request.operation) {
      case OP.login:
        return {
          type: 'login',
          user: parameterOf(request, P.user) ?? '',
          password: parameterOf(request, P.password) ?? '',
        }
      case OP.logout:
        return { type: 'logout', answer: cimd2Answer(request) }
      case OP.deliveryRequest:
        return fetchAsked(request)
      case OP.set: {
        const next = parameterOf(request, P.password)
        if (next !== undefined) return { type: 'password', next }
        return { type: 'routine', answer: cimd2Error(request, UNSUPPORTED_PARAMETER, 'Unsupported parameter') }
      }
      case OP.get:
        return { type: 'routine', answer: told(request, now) }
      case OP.alive:
        return { type: 'routine', answer: cimd2Answer(request) }
      case OP.submit: {
        const reports = Number(parameterOf(request, P.statusReportRequest) ?? '0')
        const from = senderOf(request, 'national')
        const to = parameterOf(request, P.destination) ?? ''
        return { type: 'submit', segment: { from, to, body: readCimd2Body(request), wantsDlr: reports > 0 } }
      }
      case OP.enquireStatus:
      case OP.cancel: {
        const [to, timeStamp] = [parameterOf(request, P.destination) ?? '', parameterOf(request, P.timeStamp) ?? '']
        return { type: request.operation === OP.cancel ? 'cancel' : 'query', to, timeStamp }
      }
      default:
        return { type: 'routine', answer: cimd2Error(request, UNEXPECTED_OPERATION, 'Unexpected operation') }
    }
  },
  loggedIn: (request) => cimd2Answer(request),
  taken: (request, { to }, at) =>
    cimd2Answer(request, [
      [P.destination, to],
      [P.timeStamp, cimd2Time(at)],
    ]),
  refused: (request, why) => cimd2Error(request, codeOf(why), errorCodeName(codeOf(why))),
  timeStamp: cimd2Time,
  told: (request, { segment, takenAt, state }) => ({
    answer: cimd2Answer(request, [
      [P.destination, segment.to],
      [P.timeStamp, cimd2Time(takenAt)],
      [P.statusCode, statusCodeOf(state)],
    ]),
  }),
  cancelled: (request) => ({ answer: cimd2Answer(request) }),
  done: (request, waiting) =>
    cimd2Answer(request, waiting === undefined ? [] : [[P.messageCount, String(waiting)] as const]),
  nameOfRefusal: (why) => errorCodeName(codeOf(why)),
  mo({ from, to, text }, reference, at) {
    const segments = headedSegments({ key: 'mo', text, reference }, 'cimd2')
    return segments.map((segment) =>
      cimd2Request(OP.deliver, [
        toRecipient(to),
        ...toSender(from, ''),
        [P.timeStamp, cimd2Time(at)],
        ...bodyParameters(segment),
      ]),
    )
  },
  receipt({ from, to }, takenAt, state, doneAt) {
    return cimd2Request(OP.statusReport, [
      [P.destination, to],
      ...toSender(from, ''),
      [P.timeStamp, cimd2Time(takenAt)],
      [P.statusCode, statusCodeOf(state)],
      ...(state === 'undeliverable' ? [[P.statusErrorCode, UNKNOWN_SUBSCRIBER] as const] : []),
      [P.dischargeTime, cimd2Time(doneAt)],
    ])
  },
  refusedByClient(answer) {
    const errorCode = errorCodeOf(answer)
    // Only a nack asks for the same again.
    return errorCode === undefined
      ? undefined
      : { reason: errorCodeName(errorCode), again: answer.operation === OP.nack }
  },
}

/** A delivery request (05): one MO, where it does not say how many. */
function fetchAsked(request: Cimd2Frame): Asked<Cimd2Frame> {
  const mode = parameterOf(request, P.deliveryRequestMode) ?? DELIVERY_REQUEST.one
  const modes = ['count', 'one', 'all'] as const
  const what = modes.find((name) => DELIVERY_REQUEST[name] === mode)
  if (what !== undefined) return { type: 'fetch', what }
  return { type: 'routine', answer: cimd2Error(request, INCORRECT_MODE, errorCodeName(INCORRECT_MODE)) }
}

/** The answer to a get (09): there is nothing but the time. */
function told(request: Cimd2Frame, now: number): Cimd2Draft {
  if (Number(parameterOf(request, P.getParameter)) !== P.smscTime) {
    return cimd2Error(request, UNSUPPORTED_ITEM, errorCodeName(UNSUPPORTED_ITEM))
  }
  return cimd2Answer(request, [[P.smscTime, cimd2Time(now)]])
}

/** Parameter 062 of a number that nobody has. */
const UNKNOWN_SUBSCRIBER = '001'

/** `YYMMDDhhmmss` of a clock in UTC. */
function cimd2Time(at: number): string {
  return new Date(at).toISOString().replace(/\D/g, '').slice(2, 14)
}

function statusCodeOf(state: DlrState): string {
  switch (state) {
    case 'delivered':
      return '4'
    case 'expired':
      return '2'
    case 'deleted':
      return '8'
    case 'enroute':
    case 'accepted':
      return '1'
    case 'unknown':
    case 'skipped':
      return '6'
    default:
      return '3'
  }
}

function codeOf(why: PretendRefusal): number {
  switch (why) {
    case 'bad-credentials':
      return 100
    case 'bad-password-change':
      return 800
    case 'in-list':
    case 'not-in-list':
      return 9
    case 'refused':
      return 103
    case 'already-bound':
      return 102
    case 'throttled':
      return 10
    case 'bad-recipient':
      return 300
    case 'unknown-message':
      return 7
    case 'too-late':
      return 9
    default:
      return why
  }
}

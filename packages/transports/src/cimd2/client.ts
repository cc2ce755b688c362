import type { ClientProtocol } from '../framed/client-protocol.ts'
import { recipientAndTime } from '../framed/message-id.ts'
import { Passwords } from '../framed/passwords.ts'
import { cimd2Codec } from './codec.ts'
import type { Cimd2Config } from './config.ts'
import { readMo, readReceipt } from './deliver.ts'
import { cimd2Errands } from './errands.ts'
import { cimd2FollowUp } from './follow-up.ts'
import {
  type Cimd2Frame,
  type Cimd2Parameter,
  cimd2Answer,
  cimd2Error,
  cimd2Nack,
  cimd2Request,
  errorCodeOf,
  parameterOf,
} from './frame.ts'
import { OP, operationName, P } from './operations.ts'
import { refusalOf, refusedLogin, refusedMt } from './refusal.ts'
import { submitOperations } from './submit.ts'

const UNEXPECTED_OPERATION = 1
const INVALID_LOGIN = 100

/** What a CIMD2 client does with what it wants to say and with what it hears (CIMD 2, Nokia SMS Center 8.0). */
export function cimd2Client(config: Cimd2Config, now: () => number): ClientProtocol<Cimd2Frame> {
  const passwords = new Passwords(config.password, config.newPassword)
  return {
    codec: cimd2Codec(config),
    login: () => cimd2Request(OP.login, loginParameters(config, passwords.current)),
    verdictOnLogin(answer) {
      const refusal = refusedLogin(answer)
      if (refusal === undefined || errorCodeOf(answer) !== INVALID_LOGIN) return refusal
      return passwords.refused() ? { ...refusal, isLasting: false } : refusal
    },
    errands: () => cimd2Errands(config, passwords, now),
    logout: () => cimd2Request(OP.logout),
    keepAlive: () => cimd2Request(OP.alive),
    submits: (mt) => submitOperations(mt, config),
    outcome(key, answer) {
      const errorCode = errorCodeOf(answer)
      return errorCode === undefined ? idOf(answer) : refusedMt(key, errorCode)
    },
    followUp: cimd2FollowUp,
    isLoginLost(answer) {
      const errorCode = errorCodeOf(answer)
      return errorCode !== undefined && refusalOf(errorCode).code === 'cimd2/not-logged-in'
    },
    read(request, moIds) {
      switch (request.operation) {
        case OP.deliver:
          return { type: 'inbound', inbound: readMo(request, config, moIds) }
        case OP.statusReport: {
          const inbound = readReceipt(request, config)
          if (inbound !== undefined) return { type: 'inbound', inbound }
          return { type: 'routine', answer: cimd2Answer(request), problem: 'a receipt names no message' }
        }
        case OP.alive:
          return { type: 'routine', answer: cimd2Answer(request) }
        default: {
          const problem = `operation ${operationName(request.operation)} is not served here`
          const answer = cimd2Error(request, UNEXPECTED_OPERATION, 'Unexpected operation')
          return { type: 'routine', answer, problem }
        }
      }
    },
    taken: (request) => cimd2Answer(request),
    // The specification has no refusal for what an SMSC delivers: what is nacked is not taken, and sent again.
    notNow: () => cimd2Nack,
  }
}

function loginParameters(
  { user, windowSize, asksForWindow }: Cimd2Config,
  password: string,
): readonly Cimd2Parameter[] {
  const login: readonly Cimd2Parameter[] = [
    [P.user, user],
    [P.password, password],
  ]
  return asksForWindow ? [...login, [P.windowSize, String(windowSize)]] : login
}

/** CIMD2 names a message by its recipient and the SMSC's time stamp. */
function idOf(answer: Cimd2Frame): string {
  const timeStamp = parameterOf(answer, P.timeStamp)
  return timeStamp === undefined ? '' : recipientAndTime(parameterOf(answer, P.destination) ?? '', timeStamp)
}

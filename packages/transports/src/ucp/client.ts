import type { ClientProtocol } from '../framed/client-protocol.ts'
import { Passwords } from '../framed/passwords.ts'
import { ucpCodec } from './codec.ts'
import type { UcpConfig } from './config.ts'
import { readMo, readReceipt } from './deliver.ts'
import { sessionOperation, ucpErrands } from './errands.ts'
import { ucpFollowUp } from './follow-up.ts'
import { EC, type UcpFrame, ucpAck, ucpNack, ucpRequest } from './frame.ts'
import { UcpMessageIds } from './message-ids.ts'
import { refusedLogin, refusedMt } from './refusal.ts'
import { submitOperations } from './submit.ts'

/** What a UCP client does with what it wants to say and with what it hears (EMI/UCP 4.6). */
export function ucpClient(config: UcpConfig, now: () => number): ClientProtocol<UcpFrame> {
  const ids = new UcpMessageIds()
  const passwords = new Passwords(config.password, config.newPassword)
  const keepAlive = () => ucpRequest('31', { AdC: config.user, PID: SMT_ALERT_PID })
  return {
    codec: ucpCodec(config),
    // An SMSC that wants no login is asked whether it is there: whatever it answers, it speaks UCP.
    login: () => (config.password === '' ? keepAlive() : sessionOperation(config, passwords.current)),
    verdictOnLogin(answer) {
      const refusal = answer.operation === '60' ? refusedLogin(answer) : undefined
      if (refusal === undefined || answer.fields.EC !== EC.authentication) return refusal
      return passwords.refused() ? { ...refusal, isLasting: false } : refusal
    },
    errands: () => ucpErrands(config, passwords),
    logout: () => undefined,
    keepAlive,
    submits: (mt) => submitOperations(mt, config, now()),
    outcome: (key, answer) =>
      answer.fields.ack === 'A' ? ids.ofAnswer(answer.fields.SM ?? '') : refusedMt(key, answer),
    followUp: ucpFollowUp(config),
    isLoginLost: ({ fields }) => config.password !== '' && fields.ack !== 'A' && fields.EC === EC.authentication,
    read(request, moIds) {
      switch (request.operation) {
        case '01':
        case '52':
          return { type: 'inbound', inbound: readMo(request, config, moIds) }
        // What a message that was asked about (55) has become is told as a receipt tells it.
        case '57':
        case '53': {
          const inbound = readReceipt(request, config, ids)
          if (inbound !== undefined) return { type: 'inbound', inbound }
          return { type: 'routine', answer: ucpAck(request), problem: 'a receipt names no message' }
        }
        // The answer to the deletion (56) has said it already.
        case '58':
        case '31':
          return { type: 'routine', answer: ucpAck(request) }
        default: {
          const problem = `operation ${request.operation} is not served here`
          return { type: 'routine', answer: ucpNack(request, EC.unsupported), problem }
        }
      }
    },
    taken: (request) => ucpAck(request),
    notNow: (request) => ucpNack(request, EC.notAllowedNow),
  }
}

/** PID of a program that is connected by TCP. */
const SMT_ALERT_PID = '0539'

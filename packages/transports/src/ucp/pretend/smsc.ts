import { Buffer } from 'node:buffer'
import type { DlrState } from '@textloom/core'
import { encodeGsm7, isGsm7 } from '@textloom/sms'
import { fromNumber } from '../../framed/numbers.ts'
import type { Asked, PretendRefusal, SmscProtocol, SubmittedSegment } from '../../framed/pretend/protocol.ts'
import { FramedSmsc, type FramedSmscOptions } from '../../framed/pretend/smsc.ts'
import { headedSegments } from '../../framed/segments.ts'
import { fromSender, toSender } from '../address.ts'
import { MT, readUcpBody } from '../body.ts'
import { ucpCodec } from '../codec.ts'
import { EC, type UcpFrame, ucpAck, ucpNack, ucpRequest } from '../frame.ts'
import { STYP_60, STYP_61 } from '../operations.ts'
import { errorCodeName } from '../refusal.ts'
import { textFields, ucpTime } from '../submit.ts'

/** A pretend SMSC that speaks UCP. */
export class PretendUcpSmsc extends FramedSmsc<UcpFrame> {
  constructor(options: FramedSmscOptions = {}) {
    super(ucpSmscProtocol, options)
  }
}

const SMSC_ZONE = 'UTC'

const ucpSmscProtocol: SmscProtocol<UcpFrame> = {
  codec: ucpCodec(),
  keepAlive: () => ucpRequest('31', { PID: '0539' }),
  ask(request) {
    const { operation, fields } = request
    switch (operation) {
      case '60':
        return sessionAsked(request)
      case '61':
        return listAsked(request)
      case '31':
        return { type: 'routine', answer: ucpAck(request, '0000') }
      // Older clients submit by 01 and 30.
      case '01':
      case '51':
        return { type: 'submit', segment: segmentOf(request) }
      case '30':
        return { type: 'submit', segment: segmentOf(asShortMessage(request)) }
      case '55':
      case '56': {
        const { AdC = '', SCTS = '' } = fields
        return { type: operation === '55' ? 'query' : 'cancel', to: fromNumber(AdC, 'national'), timeStamp: SCTS }
      }
      case '54':
        return { type: 'replace', segment: segmentOf(request), timeStamp: fields.SCTS ?? '' }
      default:
        return { type: 'routine', answer: ucpNack(request, EC.unsupported) }
    }
  },
  loggedIn: (request) => ucpAck(request, 'LOGIN OK'),
  taken: (request, segment, at) => ucpAck(request, `${numberOf(segment.to)}:${ucpTime(at, SMSC_ZONE)}`),
  refused: (request, why) => ucpNack(request, errorCodeOf(why)),
  timeStamp: (at) => ucpTime(at, SMSC_ZONE),
  told: (request, { segment, takenAt, state }, now) => ({
    answer: ucpAck(request),
    followedBy: statement('57', segment, takenAt, state, now),
  }),
  cancelled: (request, { segment, takenAt }, now) => ({
    answer: ucpAck(request),
    followedBy: statement('58', segment, takenAt, 'deleted', now),
  }),
  done: (request) => ucpAck(request),
  nameOfRefusal: (why) => errorCodeName(errorCodeOf(why)),
  mo({ from, to, text }, reference, at) {
    const common = { AdC: to.replace(/^\+/, ''), ...toSender(from), SCTS: ucpTime(at, SMSC_ZONE) }
    const segments = headedSegments({ key: 'mo', text, reference }, 'ucp')
    return segments.map((segment) => ucpRequest('52', { ...common, ...textFields(segment) }))
  },
  receipt: (segment, takenAt, state, doneAt) => statement('53', segment, takenAt, state, doneAt),
  refusedByClient({ fields }) {
    if (fields.ack === 'A') return undefined
    const { EC: errorCode = '' } = fields
    const again = errorCode === EC.notAllowedNow || errorCode === EC.checksum
    return { reason: errorCodeName(errorCode), again }
  },
}

/** A session management (60): STYP says what for. */
function sessionAsked(request: UcpFrame): Asked<UcpFrame> {
  const { OAdC: user = '', STYP = '', PWD, NPWD } = request.fields
  const password = readPassword(PWD)
  const next = readPassword(NPWD)
  switch (STYP) {
    case STYP_60.open:
      return { type: 'login', user, password }
    case STYP_60.openProvisioning:
      return { type: 'login', user, password, door: 'provisioning' }
    case STYP_60.changePassword:
      return { type: 'password', password, next }
    case STYP_60.changeProvisioningPassword:
      return { type: 'password', password, next, door: 'provisioning' }
    default:
      return { type: 'routine', answer: ucpNack(request, EC.unsupported) }
  }
}

/** A provisioning action (61): which of the account's lists, and what is done to it. */
function listAsked(request: UcpFrame): Asked<UcpFrame> {
  const { STYP = '', LAdC: item = '' } = request.fields
  const index = Object.values(STYP_61).indexOf(STYP as (typeof STYP_61)[keyof typeof STYP_61])
  const deed = (['add', 'remove', 'verify'] as const)[index % 3]
  if (deed === undefined || item === '') return { type: 'routine', answer: ucpNack(request, EC.syntax) }
  return { type: 'list', deed, list: index < 3 ? 'mo' : 'mt', item }
}

/** What has become of a segment: by itself (53), or because somebody asked (57) or took it back (58). */
function statement(
  operation: '53' | '57' | '58',
  { from, to }: SubmittedSegment,
  takenAt: number,
  state: DlrState,
  doneAt: number,
) {
  const submitted = ucpTime(takenAt, SMSC_ZONE)
  const text = `Message for ${numberOf(to)}, with identification ${submitted} ${words[dstOf(state)]}`
  return ucpRequest(operation, {
    AdC: from.replace(/\D/g, ''),
    OAdC: numberOf(to),
    SCTS: submitted,
    Dst: dstOf(state),
    Rsn: dstOf(state) === '2' ? UNKNOWN_SUBSCRIBER : '000',
    DSCTS: ucpTime(doneAt, SMSC_ZONE),
    MT: MT.alphanumeric,
    Msg: Buffer.from(encodeGsm7(text)).toString('hex').toUpperCase(),
  })
}

/** Rsn of a number that nobody has. */
const UNKNOWN_SUBSCRIBER = '101'

const words = { 0: 'has been delivered', 1: 'is buffered', 2: 'could not be delivered' } as const

/** Dst: delivered, buffered, not delivered. */
function dstOf(state: DlrState): '0' | '1' | '2' {
  if (state === 'delivered') return '0'
  return state === 'enroute' || state === 'accepted' ? '1' : '2'
}

function numberOf(phone: string): string {
  return phone.replace(/^\+/, '00')
}

function segmentOf(frame: UcpFrame): SubmittedSegment {
  const { AdC = '', OAdC = '', OTOA = '', NRq = '' } = frame.fields
  return {
    from: fromSender(OAdC, OTOA, 'national'),
    to: fromNumber(AdC, 'national'),
    body: readUcpBody(frame, 'gsm7'),
    wantsDlr: NRq === '1',
  }
}

/** An operation 30 as the 50 series says the same: its text is hex digits of IRA. */
function asShortMessage(frame: UcpFrame): UcpFrame {
  const { AMsg = '', ...fields } = frame.fields
  const text = Buffer.from(AMsg, 'hex').toString('latin1')
  const characters = isGsm7(text) ? encodeGsm7(text) : Buffer.from(text, 'latin1')
  return { ...frame, fields: { ...fields, MT: MT.alphanumeric, Msg: Buffer.from(characters).toString('hex') } }
}

function readPassword(hex = ''): string {
  return Buffer.from(hex, 'hex').toString('latin1')
}

function errorCodeOf(why: PretendRefusal): string {
  switch (why) {
    case 'bad-credentials':
      return EC.authentication
    case 'bad-recipient':
      return EC.invalidRecipient
    case 'unknown-message':
      return EC.messageNotFound
    case 'too-late':
      return EC.messageForwarded
    case 'bad-password-change':
      return EC.authentication
    case 'in-list':
      return EC.inList
    case 'not-in-list':
      return EC.notInList
    case 'refused':
    case 'already-bound':
    case 'throttled':
      return EC.notAllowedNow
    default:
      return String(why).padStart(2, '0')
  }
}

import { type AcceptedMt, type SegmentReport, TransportError } from '@textloom/core'
import { receiptStateOf } from '@textloom/sms'
import { type NumberType, toWireAddress } from './address.ts'
import type { SmppErrorCode } from './errors.ts'
import type { MessageIds } from './message-ids.ts'
import { ESME, statusName } from './pdu/status.ts'
import { failedMt } from './refusal.ts'
import type { Answer, Request } from './window.ts'

/** What asking about an MT takes. */
export interface FollowUp {
  readonly source: NumberType
  readonly destination: NumberType
  readonly ids: MessageIds
  request(request: Request<'query_sm' | 'cancel_sm'>): Promise<Answer>
}

/**
 * Asks by query_sm what has become of each segment (SMPP 3.4 §4.8).
 *
 * @throws TransportError if the SMSC does not say so of any of them.
 */
export async function queryMt(mt: AcceptedMt, followUp: FollowUp): Promise<readonly SegmentReport[]> {
  const reports = await Promise.all(mt.providerIds.filter(isNamed).map((id) => querySegment(mt, id, followUp)))
  const told = reports.filter((report): report is SegmentReport => !(report instanceof TransportError))
  const [first] = reports
  if (told.length === 0) throw first instanceof TransportError ? first : unnamed(mt, 'smpp/not-queried')
  return told
}

/**
 * Takes every segment back by cancel_sm (SMPP 3.4 §4.9).
 *
 * @throws TransportError if the SMSC keeps any of them.
 */
export async function cancelMt(mt: AcceptedMt, followUp: FollowUp): Promise<void> {
  const ids = mt.providerIds.filter(isNamed)
  if (ids.length === 0) throw unnamed(mt, 'smpp/not-cancelled')
  const outcomes = await Promise.all(ids.map((id) => cancelSegment(mt, id, followUp)))
  const kept = outcomes.find((outcome) => outcome !== undefined)
  if (kept !== undefined) throw kept
}

async function querySegment(
  mt: AcceptedMt,
  providerId: string,
  { source, ids, request }: FollowUp,
): Promise<SegmentReport | TransportError> {
  try {
    const fields = { message_id: ids.asWritten(providerId), ...sourceOf(mt, source) }
    const answer = await request({ command: 'query_sm', fields })
    if (answer.status !== ESME.ROK || answer.command !== 'query_sm_resp') {
      return refused(mt, 'smpp/not-queried', 'does not say what has become of', answer.status)
    }
    const { message_state: state, error_code: error } = answer.fields
    return { providerId, state: receiptStateOf(state), ...(error === 0 ? {} : { error: String(error) }) }
  } catch (error) {
    return failedMt(mt.key, error)
  }
}

async function cancelSegment(
  mt: AcceptedMt,
  providerId: string,
  { source, destination, ids, request }: FollowUp,
): Promise<TransportError | undefined> {
  try {
    const to = toWireAddress(mt.to, destination)
    const fields = {
      message_id: ids.asWritten(providerId),
      ...sourceOf(mt, source),
      dest_addr_ton: to.ton,
      dest_addr_npi: to.npi,
      destination_addr: to.text,
    }
    const { status } = await request({ command: 'cancel_sm', fields })
    return status === ESME.ROK ? undefined : refused(mt, 'smpp/not-cancelled', 'does not take back', status)
  } catch (error) {
    return failedMt(mt.key, error)
  }
}

/** It must be the one of the submit_sm (§4.8.1, §4.9.1). */
function sourceOf(mt: AcceptedMt, given: NumberType) {
  const { ton, npi, text } = toWireAddress(mt.from, given)
  return { source_addr_ton: ton, source_addr_npi: npi, source_addr: text }
}

function isNamed(id: string): boolean {
  return id !== ''
}

function unnamed({ key }: AcceptedMt, code: SmppErrorCode): TransportError {
  return new TransportError(code, `The SMSC gave MT ${key} no id by which to ask about it.`, { retry: 'never' })
}

function refused({ key }: AcceptedMt, code: SmppErrorCode, what: string, status: number): TransportError {
  const advice = status === ESME.RINVCMDID ? ' It has no such request: ask the operator.' : ''
  return new TransportError(code, `The SMSC ${what} MT ${key} (${statusName(status)}).${advice}`, { retry: 'never' })
}

import type { AcceptedMt } from '@textloom/core'
import type { FollowUpProtocol } from '../framed/follow-up.ts'
import { toRecipient, toSender } from './address.ts'
import type { UcpConfig } from './config.ts'
import { type UcpFrame, ucpRequest } from './frame.ts'
import { errorCodeName } from './refusal.ts'

/**
 * Operations 55 and 56 (EMI/UCP 4.6 §5.6, §5.7): an inquiry is acknowledged, and what it is about comes by an operation 57
 * of the SMSC; a deletion is done when it is acknowledged.
 */
export function ucpFollowUp(settings: Pick<UcpConfig, 'internationalPrefix'>): FollowUpProtocol<UcpFrame> {
  const prefix = settings.internationalPrefix === 'none' ? '' : settings.internationalPrefix
  const about = ({ from, to }: AcceptedMt, SCTS: string) => ({ AdC: toRecipient(to, prefix), ...toSender(from), SCTS })
  return {
    query: (mt, timeStamp) => ucpRequest('55', about(mt, timeStamp)),
    stateIn: () => undefined,
    cancel: (mt, timeStamp) => ucpRequest('56', about(mt, timeStamp)),
    refusalIn: ({ fields }) => (fields.ack === 'A' ? undefined : errorCodeName(fields.EC ?? '')),
  }
}

import type { AcceptedMt } from '@textloom/core'
import { type FollowUpProtocol, notReplaced } from '../framed/follow-up.ts'
import { headedSegments } from '../framed/segments.ts'
import { toRecipient, toSender } from './address.ts'
import { charsetOf } from './body.ts'
import type { UcpConfig } from './config.ts'
import { type UcpFrame, ucpRequest } from './frame.ts'
import { errorCodeName } from './refusal.ts'
import { textFields } from './submit.ts'

/**
 * Operations 54, 55 and 56 (EMI/UCP 4.6 §5.6 to §5.8): a message is named by recipient, sender and SCTS. An inquiry is
 * acknowledged, and what it is about comes by an operation 57 of the SMSC; a change and a deletion are done when they are
 * acknowledged.
 */
export function ucpFollowUp(
  settings: Pick<UcpConfig, 'internationalPrefix' | 'alphabet' | 'nationalTables'>,
): FollowUpProtocol<UcpFrame> {
  const prefix = settings.internationalPrefix === 'none' ? '' : settings.internationalPrefix
  const about = ({ from, to }: AcceptedMt, SCTS: string) => ({ AdC: toRecipient(to, prefix), ...toSender(from), SCTS })
  return {
    query: (mt, timeStamp) => ucpRequest('55', about(mt, timeStamp)),
    stateIn: () => undefined,
    cancel: (mt, timeStamp) => ucpRequest('56', about(mt, timeStamp)),
    replace(mt, timeStamp, text) {
      const { alphabet, nationalTables } = settings
      const draft = { key: mt.key, text, reference: 0 }
      const [segment, ...more] = headedSegments(draft, 'ucp', { charset: charsetOf(alphabet), nationalTables })
      if (segment === undefined || more.length > 0)
        throw notReplaced('ucp', mt.key, 'the new text takes several segments')
      return ucpRequest('54', { ...about(mt, timeStamp), ...textFields(segment) })
    },
    refusalIn: ({ fields }) => (fields.ack === 'A' ? undefined : errorCodeName(fields.EC ?? '')),
  }
}

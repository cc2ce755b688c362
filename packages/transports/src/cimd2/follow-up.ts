import type { AcceptedMt } from '@textloom/core'
import type { FollowUpProtocol } from '../framed/follow-up.ts'
import { toRecipient } from './address.ts'
import { statusIn } from './deliver.ts'
import { type Cimd2Frame, type Cimd2Parameter, cimd2Request, errorCodeOf } from './frame.ts'
import { OP, P } from './operations.ts'
import { errorCodeName } from './refusal.ts'

/** Parameter 059: the one message of this recipient and time stamp. */
const CANCEL_ONE = '2'

/** Operations 04 and 06 (CIMD 2 §4): a message is named by its recipient and the SMSC's time stamp. */
export const cimd2FollowUp: FollowUpProtocol<Cimd2Frame> = {
  query: (mt, timeStamp) => cimd2Request(OP.enquireStatus, nameOf(mt, timeStamp)),
  stateIn: statusIn,
  cancel: (mt, timeStamp) => cimd2Request(OP.cancel, [[P.cancelMode, CANCEL_ONE], ...nameOf(mt, timeStamp)]),
  refusalIn(answer) {
    const errorCode = errorCodeOf(answer)
    return errorCode === undefined ? undefined : errorCodeName(errorCode)
  },
}

function nameOf({ to }: AcceptedMt, timeStamp: string): readonly Cimd2Parameter[] {
  return [toRecipient(to), [P.timeStamp, timeStamp]]
}

import { parseReceiptText } from '@textloom/sms'
import { recipientAndTime } from '../framed/message-id.ts'

/**
 * Brings what the answer to a submit says of a message and what its receipt says into one id. The specification makes it
 * of recipient and time stamp (`SM` of the answer, `OAdC` and `SCTS` of the receipt); an SMSC whose answers carry an id
 * of its own has it in the text of its receipts.
 */
export class UcpMessageIds {
  #areOwn = false

  /** The id of a message by the SM of the answer to its submit; empty if the SMSC gave none. */
  ofAnswer(sm: string): string {
    const [, recipient, timeStamp] = /^\s*\+?(\d*)\s*:\s*(\d[\d ]{9,13})\s*$/.exec(sm) ?? []
    const id = sm.trim()
    if (recipient !== undefined && timeStamp !== undefined) {
      this.#areOwn = false
      return recipientAndTime(recipient, timeStamp.trim())
    }
    if (id !== '') this.#areOwn = true
    return id
  }

  /** The id of the message a receipt is about; undefined if it does not say. */
  ofReceipt(recipient: string, timeStamp: string, text: string): string | undefined {
    const written = parseReceiptText(text)?.id ?? /\bidentification\s+(\w+)/i.exec(text)?.[1]
    if (this.#areOwn && written !== undefined) return written
    const time = timeStamp === '' ? (written ?? '') : timeStamp
    return time === '' ? undefined : recipientAndTime(recipient, time)
  }
}

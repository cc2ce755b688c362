import { recipientMark } from '../message/recipient-mark.ts'

/**
 * The id of a message that the wire names by the recipient and the SMSC's time stamp, of which neither is always spelled
 * in the same way.
 */
export function recipientAndTime(recipient: string, timeStamp: string): string {
  return `${recipientMark(recipient)}:${tidyTimeStamp(timeStamp)}`
}

/** The time stamp of such an id; undefined for an id of another make. */
export function timeStampOf(id: string): string | undefined {
  return /^[\w-]+:(\d{10,14})$/.exec(id)?.[1]
}

/** A time stamp whose leading zeros some SMSCs write as spaces. */
function tidyTimeStamp(timeStamp: string): string {
  return timeStamp.replaceAll(' ', '0')
}

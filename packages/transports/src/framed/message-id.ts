/** Networks put `+36`, `06` or nothing before a number; these digits stay. */
const TELLING_DIGITS = 8

/**
 * The id of a message that the wire names by the recipient and the SMSC's time stamp, of which neither is always spelled
 * in the same way: `01234567:281126201500`.
 */
export function recipientAndTime(recipient: string, timeStamp: string): string {
  return `${recipient.replace(/\D/g, '').slice(-TELLING_DIGITS)}:${tidyTimeStamp(timeStamp)}`
}

/** A time stamp whose leading zeros some SMSCs write as spaces. */
function tidyTimeStamp(timeStamp: string): string {
  return timeStamp.replaceAll(' ', '0')
}

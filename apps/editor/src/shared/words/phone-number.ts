/** A phone number as the runtime spells it, `+15550101`; undefined when it is not written with its country. */
export function fullNumber(written: string): string | undefined {
  const compact = written.replace(/[\s().\-/\u00A0]/g, '')
  const digits = /^(?:\+|00)(\d{4,15})$/.exec(compact)?.[1]
  return digits === undefined ? undefined : `+${digits}`
}

/** A phone number of which a list shows no more than it takes to tell one from another: `•••• 0101`. */
export function maskedNumber(phone: string): string {
  return phone.length > 6 ? `•••• ${phone.slice(-4)}` : phone
}

import type { Inbound, Link, LinkHost, OutboundMt, SendResult, TransportError } from '@textloom/core'
import { countSegments } from '@textloom/sms'

/** What a trace shows: `masked` hides texts and all but the last digits of numbers, `full` shows them. */
export type TraceLevel = 'masked' | 'full'

/** A host that logs what a link hands in and how it is doing, and hands it on. */
export function tracedHost(host: LinkHost, link: string, level: TraceLevel): LinkHost {
  const log = (message: string, fields: object) => host.log('info', message, { link, ...fields })
  return {
    now: () => host.now(),
    newEpoch: () => host.newEpoch(),
    inboundUrl: () => host.inboundUrl?.(),
    ...(host.memory && { memory: host.memory }),
    log: (...line) => host.log(...line),
    bound(event) {
      log('trace: bound', { ...event })
      host.bound(event)
    },
    status(status) {
      log('trace: status', { ...status })
      host.status(status)
    },
    async submit(inbound) {
      log(`trace: ${inbound.type} came in`, shownInbound(inbound, level))
      try {
        await host.submit(inbound)
        log(`trace: ${inbound.type} stored`, { id: idOf(inbound) })
      } catch (error) {
        log(`trace: ${inbound.type} not stored`, { id: idOf(inbound), problem: String(error) })
        throw error
      }
    },
  }
}

/** A link that logs what it is given to send, and what became of it. */
export function tracedLink(link: Link, host: LinkHost, id: string, level: TraceLevel): Link {
  const log = (message: string, fields: object) => host.log('info', message, { link: id, ...fields })
  return {
    start: () => link.start(),
    status: () => link.status(),
    stop: (graceMs) => link.stop(graceMs),
    async send(mt): Promise<SendResult> {
      log('trace: mt goes out', shownMt(mt, level))
      try {
        const result = await link.send(mt)
        log('trace: mt accepted', { mt: mt.key, ...result })
        return result
      } catch (error) {
        const { code, retry, inDoubt } = error as Partial<TransportError>
        log('trace: mt not accepted', { mt: mt.key, code, retry, inDoubt, problem: String(error) })
        throw error
      }
    },
  }
}

function shownMt({ key, from, to, text, reference, wantsDlr, validityMs }: OutboundMt, level: TraceLevel): object {
  const rest = { reference, wantsDlr, ...(validityMs === undefined ? {} : { validityMs }) }
  return { mt: key, from: shownNumber(from, level), to: shownNumber(to, level), ...shownText(text, level), ...rest }
}

function shownInbound(inbound: Inbound, level: TraceLevel): object {
  const { from, to } = inbound
  const addresses = {
    ...(from === undefined ? {} : { from: shownNumber(from, level) }),
    ...(to === undefined ? {} : { to: shownNumber(to, level) }),
  }
  if (inbound.type === 'dlr') {
    const { providerId, state, error } = inbound
    return { providerId, state, ...(error === undefined ? {} : { error }), ...addresses }
  }
  const { id, text, part, rawHex } = inbound
  const place = part && {
    reference: part.reference,
    total: part.total,
    sequence: part.sequence,
    encoding: part.encoding,
  }
  const raw = rawHex === undefined ? {} : level === 'full' ? { rawHex } : { rawOctets: rawHex.length / 2 }
  return { id, ...addresses, ...shownText(text, level), ...(place === undefined ? {} : { part: place }), ...raw }
}

function shownText(text: string, level: TraceLevel): object {
  const { encoding, segments } = countSegments(text)
  return { ...(level === 'full' ? { text } : { characters: text.length }), encoding, segments }
}

const SHOWN_DIGITS = 3

/** `+36301234567` is `…567`; short numbers and words are the service's own and stay. */
function shownNumber(number: string, level: TraceLevel): string {
  const isSomebodys = number.replace(/\D/g, '').length > 6
  return level === 'full' || !isSomebodys ? number : `…${number.slice(-SHOWN_DIGITS)}`
}

function idOf(inbound: Inbound): string {
  return inbound.type === 'mo' ? inbound.id : inbound.providerId
}

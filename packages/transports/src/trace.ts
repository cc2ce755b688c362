import type { AcceptedMt, Inbound, Link, LinkHost, OutboundMt, TransportError } from '@textloom/core'
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

/** A link that logs what it is given to send, asked, or told to take back or replace, and what became of it. */
export function tracedLink(link: Link, host: LinkHost, id: string, level: TraceLevel): Link {
  const log = (message: string, fields: object) => host.log('info', message, { link: id, ...fields })

  async function told<T>(mt: string, words: Words, ask: () => Promise<T>, shown: object, answer: (got: T) => object) {
    log(`trace: ${words.before}`, shown)
    try {
      const got = await ask()
      log(`trace: ${words.done}`, { mt, ...answer(got) })
      return got
    } catch (error) {
      const { code, retry, inDoubt } = error as Partial<TransportError>
      log(`trace: ${words.failed}`, { mt, code, retry, inDoubt, problem: String(error) })
      throw error
    }
  }

  // What a protocol does not have, its link does not have under a trace either.
  const { query, cancel, replace } = link
  return {
    start: () => link.start(),
    status: () => link.status(),
    stop: (graceMs) => link.stop(graceMs),
    send: (mt) =>
      told(
        mt.key,
        SENDING,
        () => link.send(mt),
        shownMt(mt, level),
        (result) => result,
      ),
    ...(query && {
      query: (mt) =>
        told(
          mt.key,
          ASKING,
          () => query.call(link, mt),
          shownAccepted(mt, level),
          (reports) => ({ reports }),
        ),
    }),
    ...(cancel && {
      cancel: (mt) =>
        told(
          mt.key,
          TAKING_BACK,
          () => cancel.call(link, mt),
          shownAccepted(mt, level),
          () => ({}),
        ),
    }),
    ...(replace && {
      replace: (mt, text) =>
        told(
          mt.key,
          REPLACING,
          () => replace.call(link, mt, text),
          { ...shownAccepted(mt, level), ...shownText(text, level) },
          () => ({}),
        ),
    }),
  }
}

/** How a trace says that something is asked of the network, and what came of it. */
interface Words {
  readonly before: string
  readonly done: string
  readonly failed: string
}

const SENDING: Words = { before: 'mt goes out', done: 'mt accepted', failed: 'mt not accepted' }
const ASKING: Words = { before: 'mt is asked about', done: 'mt told of', failed: 'mt not told of' }
const TAKING_BACK: Words = { before: 'mt is to be taken back', done: 'mt taken back', failed: 'mt not taken back' }
const REPLACING: Words = { before: 'mt is to be replaced', done: 'mt replaced', failed: 'mt not replaced' }

function shownAccepted({ key, from, to, providerIds }: AcceptedMt, level: TraceLevel): object {
  return { mt: key, from: shownNumber(from, level), to: shownNumber(to, level), providerIds }
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

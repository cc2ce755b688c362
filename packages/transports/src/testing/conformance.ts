import { type Link, type OutboundMt, TransportError } from '@textloom/core'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { RecordingHost } from './recording-host.ts'

declare module 'vitest' {
  interface TaskMeta {
    /** Why a test is skipped here, as a clause. */
    skippedBecause?: string
  }
}

/** A link with a network of its own, as the conformance suite wants it. */
export interface ConformanceBench {
  readonly link: Link
  readonly host: RecordingHost
  /** A phone writes; resolves once the link has acknowledged it to the network, which may take several deliveries. */
  hears(from: string, to: string, text: string): Promise<void>
  /** The next MT that the network gets, whole. Ask before it is sent. */
  nextMt(): Promise<{ readonly from: string; readonly to: string; readonly text: string }>
  /** How the network answers the next MT. */
  refuseNext(how: 'later' | 'never' | 'throttled'): void
  /** The network answers the next MT only after so long. */
  delayNext(ms: number): void
  /** The connection breaks. */
  breakConnection(): void
  /** The network writes what is no sentence of its protocol. */
  garbage(): void
  close(): Promise<void>
}

/** Titles of cases that a transport cannot keep, each with its reason. */
export type Skips = Readonly<Record<string, string>>

let keys = 0

/** An MT to send, with everything that a case does not care about filled in. */
export function someMt(more: Partial<OutboundMt> = {}): OutboundMt {
  return {
    key: `mt-${++keys}`,
    from: '4040',
    to: '+36301234567',
    text: 'Hello',
    reference: keys,
    wantsDlr: false,
    ...more,
  }
}

const texts = [
  { kind: 'GSM 7-bit', text: 'Ready at 9? Reply YES @ £5 ~ {Ω} €' },
  { kind: 'UCS-2', text: 'Készen áll? Írjon: IGEN, ő is jön' },
  { kind: 'long GSM 7-bit', text: 'abcdefghij€'.repeat(40) },
  { kind: 'long UCS-2', text: 'Jövő kedden űrhajóval, 日本語も。'.repeat(12) },
  { kind: 'emoji at the edges of segments', text: 'ab🎉👩‍👩‍👧'.repeat(20) },
]

/** The promises that each transport keeps, whatever its wire (CONTRACT §6). */
export function transportConformance(
  kind: string,
  open: () => Promise<ConformanceBench>,
  { skip = {} }: { readonly skip?: Skips } = {},
): void {
  const bench = async () => {
    const opened = await open()
    onTestFinished(() => opened.close())
    opened.link.start()
    await opened.host.untilState('bound')
    return opened
  }
  const seen = new Set<string>()
  const keeps = (title: string, check: () => Promise<void>) => {
    seen.add(title)
    const reason = skip[title]
    test(title, reason === undefined ? {} : { skip: true, meta: { skippedBecause: reason } }, check)
  }

  describe(`${kind} keeps the promises of a transport`, () => {
    for (const { kind: textKind, text } of texts) {
      keeps(`an MT arrives with its text intact: ${textKind}`, async () => {
        const { link, nextMt } = await bench()
        const arrived = nextMt()
        const { providerIds } = await link.send(someMt({ text }))
        expect(await arrived).toMatchObject({ from: '4040', to: '+36301234567', text })
        expect(providerIds.length).toBeGreaterThan(0)
      })
    }

    keeps('an MO arrives with its text and addresses intact', async () => {
      const { hears, host } = await bench()
      await hears('+36301234567', '4040', 'IGEN, jövök ő €')
      expect(host.mos).toMatchObject([{ from: '+36301234567', to: '4040', text: 'IGEN, jövök ő €' }])
    })

    keeps('two MOs that say the same are two MOs', async () => {
      const { hears, host } = await bench()
      await hears('+36301234567', '4040', 'YES')
      await hears('+36301234567', '4040', 'YES')
      expect(new Set(host.mos.map(({ id }) => id)).size).toBe(2)
    })

    keeps('an MO is acknowledged only once it is stored', async () => {
      const { hears, host } = await bench()
      const order: string[] = []
      const stored = Promise.withResolvers<void>()
      const reached = Promise.withResolvers<void>()
      host.store = async () => {
        reached.resolve()
        await stored.promise
        order.push('stored')
      }
      const acknowledged = hears('+36301234567', '4040', 'YES').then(() => order.push('acknowledged'))
      await reached.promise
      expect(order).toEqual([])
      stored.resolve()
      await acknowledged
      expect(order).toEqual(['stored', 'acknowledged'])
    })

    keeps('an MO that could not be stored comes again and is stored then', async () => {
      const { hears, host } = await bench()
      let attempts = 0
      host.store = () => {
        attempts++
        return attempts < 3 ? Promise.reject(new Error('the database is away')) : Promise.resolve()
      }
      await hears('+36301234567', '4040', 'YES')
      expect(attempts).toBe(3)
      expect(host.mos.map(({ text }) => text)).toEqual(['YES'])
    })

    for (const how of ['later', 'never', 'throttled'] as const) {
      keeps(`a refusal says whether to try again: ${how}`, async () => {
        const { link, refuseNext } = await bench()
        refuseNext(how)
        const error = await link.send(someMt()).catch((problem: unknown) => problem)
        expect(error).toBeInstanceOf(TransportError)
        expect(error).toMatchObject({ retry: how, inDoubt: false, code: expect.stringMatching(/^[a-z0-9]+\/[a-z-]+$/) })
        await expect(link.send(someMt())).resolves.toBeDefined()
      })
    }

    keeps('a delivered MT brings its receipts, under the ids of its segments', async () => {
      const { link, host } = await bench()
      const { providerIds } = await link.send(someMt({ text: 'x'.repeat(400), wantsDlr: true }))
      await host.until(({ dlrs }) => dlrs.length === providerIds.length)
      expect(host.dlrs.map(({ providerId }) => providerId).toSorted()).toEqual(providerIds.toSorted())
      expect(new Set(host.dlrs.map(({ state }) => state))).toEqual(new Set(['delivered']))
    })

    keeps('an MT that wants no receipt brings none', async () => {
      const { link, host } = await bench()
      await link.send(someMt({ wantsDlr: false }))
      const { providerIds } = await link.send(someMt({ wantsDlr: true }))
      await host.until(({ dlrs }) => dlrs.length > 0)
      expect(host.dlrs.map(({ providerId }) => providerId)).toEqual(providerIds)
    })

    keeps('a lost link comes back by itself, under a new epoch', async () => {
      const { link, host, breakConnection, hears } = await bench()
      const before = host.epochs.at(-1)
      breakConnection()
      await host.untilState('waiting')
      await expect(link.send(someMt())).rejects.toMatchObject({ retry: 'later', inDoubt: false })
      await host.untilState('bound')
      await hears('+36301234567', '4040', 'back?')
      await link.send(someMt())
      expect(host.epochs.at(-1)).not.toBe(before)
    })

    keeps('an MO whose acknowledgement was lost comes again, and can be told for the same', async () => {
      const { hears, host, breakConnection } = await bench()
      let isFirst = true
      host.store = async () => {
        if (!isFirst) return
        isFirst = false
        breakConnection()
        await host.untilState('waiting')
      }
      await hears('+36301234567', '4040', 'YES')
      const [first, again] = host.mos
      expect(host.mos.length).toBe(2)
      const isSameId = first?.id === again?.id
      expect(isSameId || (first?.fingerprint !== undefined && first.fingerprint === again?.fingerprint)).toBe(true)
    })

    keeps('MOs that wait to be stored hold up no MT, and all of them are stored in the end', async () => {
      const { link, hears, host } = await bench()
      const stored = Promise.withResolvers<void>()
      const reached = Promise.withResolvers<void>()
      host.store = (inbound) => {
        reached.resolve()
        return inbound.type === 'mo' ? stored.promise : Promise.resolve()
      }
      const said = Array.from({ length: 30 }, (_, index) => `text ${index}`)
      const heard = Promise.all(said.map((text, index) => hears(`+3630123450${index + 10}`, '4040', text)))
      await reached.promise
      await link.send(someMt())
      stored.resolve()
      await heard
      expect(host.mos.map(({ text }) => text).toSorted()).toEqual(said.toSorted())
    })

    keeps('more MTs at once than the window holds all arrive', async () => {
      const { link } = await bench()
      const mts = Array.from({ length: 3 * Math.min(10, link.status().windowSize) }, () => someMt())
      const results = await Promise.all(mts.map((mt) => link.send(mt)))
      expect(results.every(({ providerIds }) => providerIds.length === 1)).toBe(true)
    })

    keeps('garbage from the network neither freezes the link nor loses anything', async () => {
      const { link, hears, host, garbage } = await bench()
      garbage()
      await hears('+36301234567', '4040', 'still there?')
      await host.untilState('bound')
      await expect(link.send(someMt())).resolves.toBeDefined()
      expect(host.mos.map(({ text }) => text)).toContain('still there?')
    })

    keeps('stop lets an MT in flight settle', async () => {
      const { link, delayNext } = await bench()
      delayNext(100)
      const sent = link.send(someMt())
      await link.stop(5_000)
      await expect(sent).resolves.toMatchObject({ providerIds: [expect.any(String)] })
      expect(link.status().state).toBe('stopped')
    })

    keeps('a stopped link sends nothing and can be started again', async () => {
      const { link, host } = await bench()
      await link.stop(1_000)
      await expect(link.send(someMt())).rejects.toMatchObject({ retry: 'later', inDoubt: false })
      link.start()
      await host.untilState('bound')
      await expect(link.send(someMt())).resolves.toBeDefined()
    })

    test('each case that is skipped exists', () => {
      expect(Object.keys(skip).filter((title) => !seen.has(title))).toEqual([])
    })
  })
}

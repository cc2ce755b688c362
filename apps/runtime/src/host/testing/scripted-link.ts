import {
  budgetSettings,
  defineTransport,
  type Link,
  type LinkHost,
  type LinkStatus,
  lateQuestionSettings,
  type OutboundMt,
  type SendResult,
  TransportError,
  type TransportRegistry,
  transportRegistry,
} from '@textloom/core'
import * as z from 'zod'

/** What a scripted network does with an MT. */
export type Verdict = SendResult | TransportError | 'never answers'

/** A network that does what a test says, and remembers what it was sent. */
export interface ScriptedNetwork {
  readonly transports: TransportRegistry
  /** Every attempt, in order. */
  readonly attempts: readonly OutboundMt[]
  /** The link's host: what arrives from the network is handed in here. */
  readonly host: () => LinkHost
  /** The bind goes, and comes again. */
  drop(): void
  bind(): void
}

export function scriptedNetwork(
  decide: (mt: OutboundMt, attempt: number) => Verdict = (mt) => ({ providerIds: [mt.key] }),
  {
    windowSize = 10,
    answered,
    ...followUp
  }: { readonly windowSize?: number; answered?(): void } & Pick<Link, 'query' | 'cancel' | 'replace'> = {},
): ScriptedNetwork {
  const attempts: OutboundMt[] = []
  let host: LinkHost | undefined
  let state: LinkStatus['state'] = 'stopped'
  let unanswered: ((error: TransportError) => void)[] = []

  const status = (): LinkStatus => ({ state, since: host?.now() ?? 0, inFlight: unanswered.length, windowSize })
  const setState = (next: LinkStatus['state']) => {
    state = next
    if (state === 'bound') host?.bound({ epoch: host.newEpoch() })
    host?.status(status())
  }
  const loseUnanswered = () => {
    for (const lose of unanswered) {
      lose(
        new TransportError('scripted/lost', 'The connection went before the answer came.', {
          retry: 'later',
          inDoubt: true,
        }),
      )
    }
    unanswered = []
  }
  const link: Link = {
    ...followUp,
    start: () => setState('bound'),
    status,
    async send(mt) {
      attempts.push(mt)
      const verdict = decide(mt, attempts.filter(({ key }) => key === mt.key).length)
      if (verdict instanceof TransportError) throw verdict
      if (verdict !== 'never answers') {
        if (answered !== undefined) await new Promise((resolve) => setTimeout(resolve, 5))
        answered?.()
        return verdict
      }
      return new Promise((_resolve, reject) => unanswered.push(reject))
    },
    async stop() {
      loseUnanswered()
      setState('stopped')
    },
  }
  const transport = defineTransport({
    kind: 'scripted',
    config: z.strictObject({ ...budgetSettings, ...lateQuestionSettings }),
    capabilities: { dlr: true, alphanumericSender: true, media: false },
    open(_id, _config, given) {
      host = given
      return link
    },
  })
  return {
    transports: transportRegistry([transport]),
    attempts,
    host() {
      if (host === undefined) throw new Error('The link is not open yet.')
      return host
    },
    drop() {
      loseUnanswered()
      setState('waiting')
    },
    bind: () => setState('bound'),
  }
}

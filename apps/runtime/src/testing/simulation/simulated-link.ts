import { type Link, type OutboundMt, type SendResult, TransportError } from '@textloom/core'
import type { Dice } from './dice.ts'
import type { BoundClient, Network, Verdict } from './network.ts'
import type { SimulatedProcess } from './simulated-process.ts'

const WINDOW = 5

export interface SimulatedLinkDeps {
  readonly id: string
  readonly network: Network
  readonly process: SimulatedProcess
  readonly dice: Dice
  readonly deliver: BoundClient['deliver']
  readonly report: BoundClient['report']
  /** It can send, or cannot any more. */
  changed(): void
}

/** A link by which what is in flight is in doubt when its connection ends, as by every wire. */
export function simulatedLink({ id, network, process, dice, deliver, report, changed }: SimulatedLinkDeps): Link {
  const inFlight = new Map<OutboundMt, (error: TransportError) => void>()
  let bind: ReturnType<Network['bind']> | undefined
  let isStopped = false

  function connect(): void {
    process.after(dice.between(50, 1_500), () => {
      if (isStopped) return
      bind = network.bind(id, { process, deliver, report, closed })
      changed()
    })
  }

  function closed(): void {
    if (bind === undefined) return
    bind = undefined
    for (const reject of inFlight.values()) reject(errorOf('lost'))
    inFlight.clear()
    changed()
    if (!isStopped) connect()
  }

  return {
    start: connect,
    status: () => ({
      state: isStopped ? 'stopped' : bind === undefined ? 'connecting' : 'bound',
      since: 0,
      inFlight: inFlight.size,
      windowSize: WINDOW,
    }),
    send(mt): Promise<SendResult> {
      const current = bind
      if (current === undefined) return Promise.reject(errorOf('later'))
      const { promise, resolve, reject } = Promise.withResolvers<SendResult>()
      inFlight.set(mt, reject)
      current.submit({ phone: mt.to, text: mt.text, key: mt.key }, (verdict, providerId) => {
        if (!inFlight.delete(mt)) return
        if (verdict === 'accepted') resolve({ providerIds: [providerId] })
        else reject(errorOf(verdict))
      })
      return promise
    },
    stop() {
      isStopped = true
      bind?.close()
      return Promise.resolve()
    },
  }
}

function errorOf(verdict: Exclude<Verdict, 'accepted'>): TransportError {
  return new TransportError(`simulation/${verdict}`, 'The network did not take it.', {
    retry: verdict === 'throttled' ? 'throttled' : 'later',
    inDoubt: verdict === 'lost',
  })
}

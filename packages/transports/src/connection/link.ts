import { connect, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { Timers } from '../timers.ts'
import { socketWire } from './socket-wire.ts'
import type { Dial } from './wire.ts'

/** Where a link connects to. */
export interface Destination {
  readonly host: string
  readonly port: number
  readonly tls: boolean | TlsSettings
}

/** How a certificate is judged. */
export interface TlsSettings {
  readonly ca?: string | undefined
  readonly rejectUnauthorized?: boolean | undefined
  readonly servername?: string | undefined
}

const CONNECT_TIMEOUT_MS = 10_000

/** Opens connections of node:net or node:tls to one place. */
export function dialer({ host, port, tls }: Destination, timers: Timers): Dial {
  return (calls) => {
    const socket: Socket =
      tls === false
        ? connect({ host, port })
        : connectTls({ host, port, ...serverName(host), ...(tls === true ? {} : withoutUndefined(tls)) })
    const cancelTimeout = timers.after(CONNECT_TIMEOUT_MS, () => {
      socket.destroy(new Error(`no connection to ${host}:${port} within ${CONNECT_TIMEOUT_MS / 1000} s`))
    })
    socket.once(tls === false ? 'connect' : 'secureConnect', () => {
      cancelTimeout()
      calls.onOpen()
    })
    return socketWire(socket, {
      onOctets: calls.onOctets,
      onLost(message) {
        cancelTimeout()
        calls.onLost(message)
      },
    })
  }
}

/** A name for the SMSC to choose its certificate by; an address is none (RFC 6066 §3). */
function serverName(host: string): { servername?: string } {
  return isIP(host) === 0 ? { servername: host } : {}
}

function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, one]) => one !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> }
}

import { Agent as HttpAgent, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import { connect } from 'node:net'
import type { ProviderAnswer } from './answer.ts'
import type { OutgoingRequest } from './request.ts'

/** Why there is no answer. */
export class NoAnswer extends Error {
  /** True when the request may have been carried out all the same. */
  readonly mayHaveArrived: boolean
  readonly isTimeout: boolean

  constructor(message: string, how: { mayHaveArrived: boolean; isTimeout: boolean; cause?: unknown }) {
    super(message, { cause: how.cause })
    this.name = 'NoAnswer'
    this.mayHaveArrived = how.mayHaveArrived
    this.isTimeout = how.isTimeout
  }
}

/** Connections to one provider, kept open between requests. */
export interface HttpClient {
  /** @throws NoAnswer */
  ask(request: OutgoingRequest, options: { timeoutMs: number; signal: AbortSignal }): Promise<ProviderAnswer>
  /** Resolves when a connection to the host of the URL can be made. @throws Error when it cannot */
  reach(url: string, timeoutMs: number): Promise<void>
  close(): void
}

/** More of an answer than this is not read. */
const MOST_OCTETS = 262_144
/** Shorter than the five seconds after which most servers close what is idle. */
const IDLE_MS = 4_000

/** A client of at most so many connections. Redirects are answers, not followed. */
export function httpClient(maxSockets: number): HttpClient {
  const options = { keepAlive: true, noDelay: true, maxSockets, timeout: IDLE_MS }
  const plain = new HttpAgent(options)
  const secure = new HttpsAgent(options)
  return {
    ask: ({ method, url, headers, body }, { timeoutMs, signal }) =>
      new Promise((resolve, reject) => {
        const isSecure = url.startsWith('https:')
        let isConnected = false
        let isTimeout = false
        const sent = (isSecure ? requestHttps : requestHttp)(
          url,
          { method, headers: { ...headers, ...lengthOf(body) }, agent: isSecure ? secure : plain, signal },
          (response) => {
            const chunks: Buffer[] = []
            let octets = 0
            response.on('data', (chunk: Buffer) => {
              octets += chunk.length
              if (octets <= MOST_OCTETS) chunks.push(chunk)
              // The status has said it; the rest of so long an answer is not waited for.
              else response.destroy()
            })
            response.on('close', () => {
              clearTimeout(timer)
              if (!response.complete && octets <= MOST_OCTETS) return fail(new Error('the answer broke off'))
              const text = Buffer.concat(chunks).toString('utf8')
              resolve({ status: response.statusCode ?? 0, headers: flat(response.headers), text })
            })
          },
        )
        const fail = (cause: Error) => {
          clearTimeout(timer)
          reject(new NoAnswer(reasonOf(cause), { mayHaveArrived: isConnected, isTimeout, cause }))
        }
        const timer = setTimeout(() => {
          isTimeout = true
          sent.destroy(new Error(`no answer within ${timeoutMs / 1000} s`))
        }, timeoutMs)
        sent.on('socket', (socket) => {
          if (!socket.connecting && sent.reusedSocket) isConnected = true
          socket.once(isSecure ? 'secureConnect' : 'connect', () => {
            isConnected = true
          })
        })
        sent.on('error', fail)
        sent.end(body)
      }),
    reach: (url, timeoutMs) =>
      new Promise((resolve, reject) => {
        const { hostname, port, protocol } = new URL(url)
        const host = hostname.replaceAll(/[[\]]/g, '')
        const socket = connect({ host, port: Number(port) || (protocol === 'https:' ? 443 : 80) })
        socket.setTimeout(timeoutMs, () => socket.destroy(new Error(`no connection within ${timeoutMs / 1000} s`)))
        socket.once('error', (error) => reject(new Error(reasonOf(error), { cause: error })))
        socket.once('connect', () => {
          socket.destroy()
          resolve()
        })
      }),
    close() {
      plain.destroy()
      secure.destroy()
    },
  }
}

function lengthOf(body: string | undefined): Record<string, string> {
  return body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
}

function flat(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]))
}

/** An address with several tries has no message of its own. */
function reasonOf(error: Error): string {
  const { code } = error as NodeJS.ErrnoException
  return error.message === '' ? (code ?? error.name) : error.message
}

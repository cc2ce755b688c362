import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { SerialPort } from 'serialport'

/** An open line to a modem. */
export interface Port {
  /** Fails with an `error` or ends with a `close`. */
  readonly stream: Duplex
  /** Resolves once others can open it; never rejects. */
  close(): Promise<void>
  /** Lets the line go (DTR low) for a moment; absent where there is none to let go of. Never rejects. */
  letGo?(): Promise<void>
}

/** Opens the line to a modem. */
export type OpenPort = (path: string, baudRate: number) => Promise<Port>

const CONNECT_TIMEOUT_MS = 10_000
/** Modems look at DTR some times a second. */
const LET_GO_MS = 1_000

const { setTimeout: later, clearTimeout } = globalThis

/** A serial port by its path, or a terminal server by `tcp://host:port`. @throws Error that says what is in the way */
export const openPort: OpenPort = (path, baudRate) =>
  path.startsWith('tcp://') ? openTcp(path) : openSerial(path, baudRate)

function openSerial(path: string, baudRate: number): Promise<Port> {
  return new Promise((resolve, reject) => {
    const port = new SerialPort({ path, baudRate, autoOpen: false })
    port.open((error) => (error ? reject(new Error(advised(path, error.message))) : resolve(portOf(port))))
  })
}

/** A serial port keeps its device until it is closed, whatever becomes of its stream. */
function portOf(stream: SerialPort): Port {
  return {
    stream,
    close: () => new Promise((resolve) => (stream.isOpen ? stream.close(() => resolve()) : resolve())),
    async letGo() {
      await setDtr(stream, false)
      await setTimeout(LET_GO_MS)
      await setDtr(stream, true)
    },
  }
}

/** Pseudo-terminals have no such line, and say so. */
function setDtr(stream: SerialPort, dtr: boolean): Promise<void> {
  return new Promise((resolve) => (stream.isOpen ? stream.set({ dtr }, () => resolve()) : resolve()))
}

function openTcp(path: string): Promise<Port> {
  const { hostname, port } = new URL(path)
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true })
    const timeout = later(
      () => socket.destroy(new Error(`no connection within ${CONNECT_TIMEOUT_MS / 1000} s`)),
      CONNECT_TIMEOUT_MS,
    )
    socket.once('connect', () => {
      clearTimeout(timeout)
      socket.off('error', reject)
      resolve({ stream: socket, close: async () => void socket.destroy() })
    })
    socket.once('error', (error) => {
      clearTimeout(timeout)
      reject(error)
    })
  })
}

function advised(path: string, message: string): string {
  if (/no such file|cannot find/i.test(message)) return `There is no ${path}: is the modem plugged in?`
  if (/permission/i.test(message))
    return `${path} may not be opened: add this account to the group of the port (dialout).`
  if (/lock/i.test(message)) return `${path} is in use by another program.`
  return `${path} cannot be opened: ${message}`
}

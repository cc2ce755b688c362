import type { Timers } from '../../timers.ts'
import { AtError, type AtProblem } from './at-error.ts'
import { LineSplitter } from './line-splitter.ts'

/** What a command wants. */
export interface CommandOptions {
  /** The lines that answer it begin so, for example `+CMGL:`; without one every line that is no news is an answer. */
  readonly prefix?: string
  readonly timeoutMs?: number
  /** What follows the prompt, without its Ctrl-Z. */
  readonly body?: string
}

/** What a dialogue needs of its surroundings. */
export interface DialogueHost {
  readonly timers: Timers
  /** How long a command may take that does not say otherwise. */
  readonly answerTimeoutMs: number
  write(text: string): void
  /** Something that nobody asked for: `+CMTI: "SM",3`, or `+CDS: 25` with the PDU that follows it. */
  onNews(line: string, pdu: string | undefined): void
}

interface Pending {
  readonly command: string
  readonly options: CommandOptions
  readonly lines: string[]
  cancelTimeout: () => void
  resolve(lines: readonly string[]): void
  reject(error: AtError): void
}

const CTRL_Z = '\u001a'

/** News by their beginnings: what modems say unasked, also in the middle of an answer (3GPP TS 27.007, TS 27.005). */
const news =
  /^(\+(CMTI|CMT|CDS|CDSI|CBM|CREG|CGREG|CEREG|CRING|CLIP|CUSD|CIEV|CTZV|CTZE|CPIN|CGEV|QIND|PACSP\d*)\b|RING\b|NO CARRIER|RDY|\^|\*)/

/**
 * Talks AT with a modem: one command at a time, its answer told from the news between its lines. A command that is not
 * answered in time fails, and so does everything behind it: who can say which answer is whose from then on.
 */
export class Dialogue {
  readonly #host: DialogueHost
  readonly #splitter = new LineSplitter()
  readonly #queue: Pending[] = []
  #current: Pending | undefined
  /** A line that announced a PDU, as news. */
  #announced: string | undefined
  /** An answer's line announced a PDU, which may come behind news. */
  #isPduDue = false
  #ended: AtProblem | undefined

  constructor(host: DialogueHost) {
    this.#host = host
  }

  /** Sends a command; answers the lines before OK. @throws AtError */
  command(command: string, options: CommandOptions = {}): Promise<readonly string[]> {
    const ended = this.#ended
    if (ended !== undefined) return Promise.reject(new AtError(command, ended))
    return new Promise((resolve, reject) => {
      this.#queue.push({ command, options, lines: [], cancelTimeout: () => {}, resolve, reject })
      this.#next()
    })
  }

  /** Takes what the modem wrote. */
  receive(octets: Uint8Array): void {
    for (const piece of this.#splitter.push(octets)) {
      if (piece.kind === 'prompt') this.#prompted()
      else this.#line(piece.text)
    }
  }

  /** The line is gone: every command fails. */
  close(problem: AtProblem = { kind: 'closed' }): void {
    this.#ended ??= problem
    const waiting = [...(this.#current === undefined ? [] : [this.#current]), ...this.#queue.splice(0)]
    this.#current = undefined
    for (const { command, cancelTimeout, reject } of waiting) {
      cancelTimeout()
      reject(new AtError(command, problem))
    }
  }

  #next(): void {
    if (this.#current !== undefined) return
    const pending = this.#queue.shift()
    if (pending === undefined) return
    this.#current = pending
    this.#isPduDue = false
    const timeoutMs = pending.options.timeoutMs ?? this.#host.answerTimeoutMs
    pending.cancelTimeout = this.#host.timers.after(timeoutMs, () => this.close({ kind: 'silent' }))
    this.#host.write(`${pending.command}\r`)
  }

  #prompted(): void {
    const body = this.#current?.options.body
    if (body !== undefined) this.#host.write(`${body}${CTRL_Z}`)
  }

  #line(text: string): void {
    if (this.#announced !== undefined && isHex(text)) {
      const announced = this.#announced
      this.#announced = undefined
      this.#host.onNews(announced, text)
      return
    }
    const current = this.#current
    if (current !== undefined && this.#isAnswer(text, current)) return
    if (!news.test(text)) return
    if (/^\+(CMT|CDS|CBM):/.test(text)) this.#announced = text
    else this.#host.onNews(text, undefined)
  }

  /** Takes a line that belongs to the command that waits. */
  #isAnswer(text: string, { command, options: { prefix }, lines }: Pending): boolean {
    if (text === command) return true // an echo
    const problem = problemOf(text)
    if (text === 'OK' || problem !== undefined) {
      this.#settle(problem)
      return true
    }
    if (this.#isPduDue && isHex(text)) {
      this.#isPduDue = false
      lines.push(text)
      return true
    }
    const isOurs = prefix === undefined ? !news.test(text) : text.startsWith(prefix)
    if (!isOurs) return false
    lines.push(text)
    this.#isPduDue = prefix === '+CMGL:' || prefix === '+CMGR:'
    return true
  }

  #settle(problem: AtProblem | undefined): void {
    const settled = this.#current
    this.#current = undefined
    settled?.cancelTimeout()
    if (problem === undefined) settled?.resolve(settled.lines)
    else settled?.reject(new AtError(settled.command, problem))
    this.#next()
  }
}

function problemOf(text: string): AtProblem | undefined {
  const [, kind, number] = /^\+(CMS|CME) ERROR: *(\d+)/.exec(text) ?? []
  if (kind !== undefined) return { kind: kind === 'CMS' ? 'cms' : 'cme', number: Number(number) }
  return /^(ERROR|\+CM[SE] ERROR|COMMAND NOT SUPPORT)/.test(text) ? { kind: 'error' } : undefined
}

function isHex(text: string): boolean {
  return text.length >= 2 && text.length % 2 === 0 && /^[0-9A-F]+$/i.test(text)
}

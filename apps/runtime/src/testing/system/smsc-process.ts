import { textloom } from './instance.ts'
import { type Program, runNode } from './node-process.ts'
import { until } from './until.ts'

/** `textloom smsc` as a process of its own. */
export interface SmscProcess extends Program {
  readonly port: number
  /** A phone writes to 4040. */
  says(phone: string, text: string): void
  /** Plays a step of a script (docs/guides/smsc.md). */
  play(step: object): void
  /** What happened so far of one type, oldest first. */
  events(type: string): readonly SmscLine[]
  /** The texts a phone got, oldest first, once there are `count`. */
  texts(phone: string, count: number): Promise<readonly string[]>
}

/** A line that it prints. */
export interface SmscLine {
  readonly type: string
  readonly at: string
  readonly to?: string
  readonly text?: string
  readonly reason?: string
}

export async function startSmsc(args: readonly string[] = []): Promise<SmscProcess> {
  const program = runNode([textloom, 'smsc', '--port', '0', ...args])
  const [, port] = await program.line(/"type":"listening".*"port":(\d+)/)
  const lines: SmscLine[] = []
  const events = (type: string) => {
    for (const line of program.stdout.slice(lines.length)) lines.push(JSON.parse(line))
    return lines.filter((line) => line.type === type)
  }
  const textsOf = (phone: string) => events('mt').flatMap(({ to, text = '' }) => (to === phone ? [text] : []))
  return {
    ...program,
    port: Number(port),
    says: (phone, text) => program.write(JSON.stringify({ mo: { from: phone, to: '4040', text } })),
    play: (step) => program.write(JSON.stringify(step)),
    events,
    async texts(phone, count) {
      const what = () => `${count} texts to ${phone}; there are ${JSON.stringify(textsOf(phone))}`
      await until(() => textsOf(phone).length >= count, what)
      return textsOf(phone)
    },
  }
}

import { AtError } from './at/at-error.ts'
import type { Dialogue } from './at/dialogue.ts'

/** How modems say how many tries the PIN has left: 3GPP TS 27.007 §8.65, then what makers had before it. */
const questions: readonly (readonly [command: string, prefix: string, answer: RegExp])[] = [
  ['AT+CPINR="SIM PIN"', '+CPINR:', /^\+CPINR: *"?SIM PIN"?, *(\d+)/],
  ['AT^CPIN?', '^CPIN:', /^\^CPIN: *[^,]*,\d*,\d+,(\d+)/],
  ['AT+QPINC="SC"', '+QPINC:', /^\+QPINC: *"SC", *(\d+)/],
  ['AT+SPIC', '+SPIC:', /^\+SPIC: *(\d+)/],
  ['AT#PCT', '#PCT:', /^#PCT: *(\d+)/],
]

/** How many wrong PINs the SIM still bears; undefined where the modem does not tell. @throws AtError if it is silent */
export async function pinTriesLeft(dialogue: Dialogue): Promise<number | undefined> {
  for (const [command, prefix, answer] of questions) {
    try {
      const lines = await dialogue.command(command, { prefix })
      const tries = lines.map((line) => answer.exec(line)?.[1]).find((found) => found !== undefined)
      if (tries !== undefined) return Number(tries)
    } catch (error) {
      const kind = error instanceof AtError ? error.problem.kind : 'closed'
      if (kind === 'silent' || kind === 'closed') throw error
    }
  }
  return undefined
}

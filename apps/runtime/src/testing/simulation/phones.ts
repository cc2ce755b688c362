import type { Dice } from './dice.ts'
import { CHANNELS, PATIENCE_MS } from './flows.ts'
import type { Timeline } from './timeline.ts'

/** What phones do: some count with a flow, some wait for it, some are asked by it. */
export type Habit = 'counting' | 'waiting' | 'asked'

/** Somebody with a phone. */
export interface Phone {
  readonly number: string
  readonly habit: Habit
  hears(text: string): void
}

interface PhoneDeps {
  readonly timeline: Timeline
  readonly dice: Dice
  readonly number: string
  /** When the last conversation may begin. */
  readonly untilMs: number
  write(channel: string, text: string): void
}

/** Somebody of this habit, who begins to write soon. */
export function phoneOf(habit: Habit, deps: PhoneDeps): Phone {
  const { number } = deps
  const hears = habit === 'counting' ? count(deps) : habit === 'waiting' ? wait(deps) : beAsked(deps)
  return { number, habit, hears }
}

/** Texts one after the other, answered or not, with a STOP among them now and then. */
function count({ timeline, dice, untilMs, write }: PhoneDeps): Phone['hears'] {
  let n = 0
  let isStopped = false
  const go = () => {
    if (timeline.nowMs > untilMs) return
    n += 1
    const isTurn = dice.chance(isStopped ? 0.5 : 0.1)
    write(CHANNELS.counting, isTurn ? (isStopped ? 'START' : 'STOP') : `t${n}`)
    if (isTurn) isStopped = !isStopped
    timeline.after(dice.between(10, 12_000), go)
  }
  timeline.after(dice.between(0, 5_000), go)
  return () => undefined
}

/** Begins the next wait a while after the last one is over. */
function wait({ timeline, dice, untilMs, write }: PhoneDeps): Phone['hears'] {
  const go = () => {
    if (timeline.nowMs <= untilMs) write(CHANNELS.talking, 'wait')
  }
  timeline.after(dice.between(0, 5_000), go)
  return (text) => {
    if (text === 'Here we are.') timeline.after(dice.between(10, 8_000), go)
  }
}

/** Answers in time, too late, about when patience ends, or not at all. */
function beAsked({ timeline, dice, untilMs, write }: PhoneDeps): Phone['hears'] {
  const go = () => {
    if (timeline.nowMs <= untilMs) write(CHANNELS.talking, 'hello')
  }
  let forget = (): void => undefined
  timeline.after(dice.between(0, 5_000), go)
  return (text) => {
    if (text.startsWith('Shall we?')) {
      if (dice.chance(0.3)) return
      const delayMs = dice.chance(0.5) ? dice.between(50, 5_000) : PATIENCE_MS + dice.between(-600, 300)
      forget = timeline.after(delayMs, () => write(CHANNELS.talking, dice.one(['yes', 'no'])))
    } else if (['Good.', 'Pity.', 'Too late.'].includes(text)) {
      forget()
      timeline.after(dice.between(5_000, 12_000), go)
    }
  }
}

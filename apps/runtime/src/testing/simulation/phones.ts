import type { Dice } from './dice.ts'
import { CHANNELS, PATIENCE_MS } from './flows.ts'
import type { Part } from './ledger.ts'
import type { Timeline } from './timeline.ts'

/**
 * What phones do: some count with a flow, in short texts or in long ones, some wait for it, some are asked by it, some have
 * it ask a service, and some only hear what a program begins.
 */
export type Habit = 'counting' | 'long' | 'waiting' | 'asked' | 'asking' | 'ordered'

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
  write(channel: string, text: string, part?: Part): void
}

const habits: { readonly [habit in Habit]: (deps: PhoneDeps) => Phone['hears'] } = {
  counting: count,
  long: countLong,
  waiting: wait,
  asked: beAsked,
  asking: ask,
  ordered: () => () => undefined,
}

/** Somebody of this habit, who begins to write soon. */
export function phoneOf(habit: Habit, deps: PhoneDeps): Phone {
  const { number } = deps
  return { number, habit, hears: habits[habit](deps) }
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

/** As `count`, in texts of several parts. */
function countLong({ timeline, dice, untilMs, write }: PhoneDeps): Phone['hears'] {
  let reference = 0
  const go = () => {
    if (timeline.nowMs > untilMs) return
    reference += 1
    const total = dice.between(2, 3)
    for (let sequence = 1; sequence <= total; sequence += 1) {
      write(CHANNELS.counting, `l${reference}.${sequence} `, { reference, sequence, total })
    }
    timeline.after(dice.between(2_000, 15_000), go)
  }
  timeline.after(dice.between(0, 5_000), go)
  return () => undefined
}

/** Has the flow ask a service, and does so again a while after it was told what came of it. */
function ask({ timeline, dice, untilMs, write }: PhoneDeps): Phone['hears'] {
  const go = () => {
    if (timeline.nowMs <= untilMs) write(CHANNELS.talking, 'ask')
  }
  timeline.after(dice.between(0, 5_000), go)
  return (text) => {
    if (text.startsWith('It ')) timeline.after(dice.between(10, 6_000), go)
  }
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

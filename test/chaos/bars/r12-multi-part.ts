import { countingFlow, startHouse } from '@textloom/runtime/testing/system'
import { Choices } from '../../crash/choices.ts'
import { needsEngine } from '../engines.ts'
import { amount, type Outcome, type Scenario, type Trial } from '../scenario.ts'

const PHONES = 100
/** Headers with references of 8 and 16 bits, TLVs, and one TLV that holds all of it. */
const styles = ['udh8', 'udh16', 'sar', 'payload'] as const
/** Of a part: 153 septets. A text of ten parts is about as long as a reply may be. */
const MOST_PARTS = 6
const PART = 153

/** Long texts in their parts, between those of others, over a kill in the middle of them. */
export const multiPart: Scenario = {
  bar: 'R12',
  title: 'long texts whose parts come mixed, over a kill -9',
  needs: needsEngine('embedded'),
  run: sendLongTexts,
}

async function sendLongTexts(trial: Trial): Promise<Outcome> {
  const random = new Choices(trial.seed)
  const count = amount(trial, PHONES)
  const house = await startHouse({ flows: [countingFlow] })
  const violations: string[] = []
  let parts = 0
  try {
    for (const [round, style] of styles.entries()) {
      const texts = new Map<string, string>()
      for (let index = 0; index < count; index++) {
        const length = Math.floor(random.between(2, MOST_PARTS + 1)) * PART - Math.floor(random.between(5, 100))
        texts.set(`+3630${3_000_000 + index}`, lettersOf(random, length))
        parts += Math.ceil(length / PART)
      }
      const taken = [...texts].map(([from, text]) => house.smsc.hears({ from, to: '4040', text }, style))
      await house.runtime.kill()
      await house.startAgain()
      await Promise.all(taken)
      for (const [phone, text] of texts) {
        const got = await house.heard(phone, round + 1)
        // A kill may send a reply twice, as promise (5) allows.
        if (!got.includes(`${round + 1} ${text}`))
          violations.push(`${phone} got another text back than it sent (${style}).`)
      }
      trial.say(`${style} done`)
    }
    return { figures: { texts: count * styles.length, parts, kills: styles.length }, violations }
  } finally {
    await house.remove()
  }
}

function lettersOf(random: Choices, length: number): string {
  const letters = [...'abcdefghijklmnopqrstuvwxyz0123456789']
  return Array.from({ length }, () => random.pick(letters)).join('')
}

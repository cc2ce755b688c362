import { setTimeout as pause } from 'node:timers/promises'
import { countingFlow, startHouse } from '@textloom/runtime/testing/system'
import { needsEngine } from '../engines.ts'
import { amount, type Outcome, type Scenario, type Trial } from '../scenario.ts'

const PHONES = 200
const MOST_TIMES = 5

/**
 * What a network delivers again after a reconnect, because it never heard that it was taken, has no second effect; what
 * a person writes twice has.
 */
export const duplicates: Scenario = {
  bar: 'R11',
  title: 'texts that the network delivers again after a reconnect',
  needs: needsEngine('embedded'),
  run: deliverAgain,
}

async function deliverAgain(trial: Trial): Promise<Outcome> {
  const phones = Array.from({ length: amount(trial, PHONES) }, (_, index) => `+3630${2_000_000 + index}`)
  const times = trial.size === 'full' ? MOST_TIMES : 2
  const house = await startHouse({ flows: [countingFlow] })
  const everybodySays = (text: string) => Promise.all(phones.map((phone) => house.says(phone, text)))
  const everybodyHeard = (count: number) => Promise.all(phones.map((phone) => house.heard(phone, count)))
  try {
    await everybodySays('one')
    await everybodyHeard(1)
    for (let time = 1; time <= times; time++) {
      const bound = house.smsc.next('bound')
      house.smsc.dropConnections()
      await bound
      await everybodySays('one')
      trial.say(`delivered again ${time} times`)
    }
    // The same words by somebody who means them: nothing breaks in between.
    await everybodySays('two')
    await everybodySays('two')
    await everybodyHeard(3)
    await pause(2_000)
    const wanted = ['1 one', '2 two', '3 two'].join(', ')
    const violations = phones.flatMap((phone) => {
      const got = house.textsTo(phone).join(', ')
      return got === wanted ? [] : [`${phone} got ${got} instead of ${wanted}.`]
    })
    return { figures: { phones: phones.length, deliveredAgain: phones.length * times }, violations }
  } finally {
    await house.remove()
  }
}

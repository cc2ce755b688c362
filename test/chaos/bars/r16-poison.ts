import { engineOf, type RunningRuntime, storageOn, until } from '@textloom/runtime/testing/system'
import { Choices } from '../../crash/choices.ts'
import { startCrashRun } from '../../crash/crash-run.ts'
import { besideBystanders } from '../bystanders.ts'
import { conclude } from '../conclude.ts'
import { needsEngine } from '../engines.ts'
import { loadOf } from '../load.ts'
import { amount, type Outcome, type Scenario, type Trial } from '../scenario.ts'

const VICTIMS = 50
const TEXTS = 3

/** Sessions whose rows cannot be read any more: what their phones write is taken, and listed as dead letters. */
export const poison: Scenario = {
  bar: 'R16',
  title: 'stored sessions that nobody can read',
  needs: needsEngine('embedded'),
  run: poisonSessions,
}

async function poisonSessions(trial: Trial): Promise<Outcome> {
  const storage = await storageOn(engineOf('embedded'), { shared: true })
  const random = new Choices(trial.seed)
  const run = await startCrashRun({ storage, random, kinds: [], load: loadOf(trial) })
  const victims = Array.from({ length: amount(trial, VICTIMS) }, (_, index) => `3630${7_000_000 + index}`)
  const everybodySays = (text: string) =>
    Promise.all(victims.map((phone) => run.smsc.hears({ from: `+${phone}`, to: '4040', text })))
  try {
    await everybodySays('hello')
    await run.down()
    await storage.sql?.query(
      `update session set state = '{"frames":"none"}'::json where phone in (select x from json_array_elements_text($1::text::json) as x)`,
      [JSON.stringify(victims.map((phone) => `+${phone}`))],
    )
    const runtime = await run.up()
    let letters: Letter[] = []
    const bystanders = await besideBystanders(run, { calmMs: 5_000, factor: 1.2 }, async () => {
      for (let count = 1; count <= TEXTS; count++) await everybodySays(`poison ${count}`)
      const everything = async () => {
        letters = (await deadLetters(runtime)).filter(({ phone }) => victims.includes(phone.slice(1)))
        return letters.length >= victims.length * TEXTS
      }
      const what = () => `${victims.length * TEXTS} dead letters; there are ${letters.length}`
      await until(everything, what, 30_000)
    })
    const unexplained = letters.filter(({ reason }) => reason === '').length
    return await conclude(run, {
      name: 'R16',
      others: new Set(victims),
      figures: { deadLetters: letters.length, ...bystanders.figures },
      violations: [
        ...bystanders.violations,
        ...(unexplained > 0 ? [`dead letters: ${unexplained} have no reason.`] : []),
      ],
    })
  } finally {
    await run.stop()
  }
}

/** As the API lists it. */
interface Letter {
  readonly phone: string
  readonly reason: string
}

async function deadLetters(runtime: RunningRuntime): Promise<Letter[]> {
  const response = await runtime.api('/api/v1/dead-letters?limit=200')
  return ((await response.json()) as { items: Letter[] }).items
}

/** The first conversation of the whole house: an example's flow, an SMSC in another process, and a kill at every turn. */
import { testEngines } from '@textloom/runtime/testing'
import {
  deliveredTexts,
  type Instance,
  makeInstance,
  type RunningRuntime,
  type SmscProcess,
  startSmsc,
  storageOn,
} from '@textloom/runtime/testing/system'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

const phone = '+36301234567'

/** What the guest writes, and what the hotel answers. */
const conversation = [
  {
    mo: 'SURVEY',
    mt: 'Harbour Hotel here. Thank you for your stay! How likely are you to recommend us? Reply with a number from 0 (never) to 10 (surely).',
  },
  { mo: 'ten', mt: 'Please reply with just a number from 0 to 10.' },
  { mo: '3', mt: 'We are sorry to hear that. What went wrong? We read every answer.' },
  { mo: 'Très bruyant, 部屋も', mt: 'Thank you for telling us. May our manager call you about it? Reply YES or NO.' },
  { mo: 'YES', mt: 'Thank you. Our manager calls you tomorrow between 9 and 12.' },
]
const mts = conversation.map(({ mt }) => mt)

describe.each(testEngines)('on $name', (engine) => {
  let smsc: SmscProcess
  let instance: Instance
  let runtime: RunningRuntime

  beforeAll(async () => {
    if ((await engine.unavailable()) !== undefined) return
    const flows = ['examples/nps-survey/flow.json']
    smsc = await startSmsc()
    instance = await makeInstance({ storage: await storageOn(engine), smscPort: smsc.port, flows })
    runtime = await instance.start()
  })

  beforeEach(async ({ skip }) => {
    const reason = await engine.unavailable()
    if (reason !== undefined) skip(reason)
  })

  afterAll(async () => {
    await runtime?.kill()
    await smsc?.kill()
    await instance?.storage.remove()
  })

  test('a conversation goes on over a kill between any two MOs, no reply lost and none twice', async () => {
    for (const [turn, { mo }] of conversation.entries()) {
      smsc.says(phone, mo)
      expect(await smsc.texts(phone, turn + 1)).toEqual(mts.slice(0, turn + 1))
      expect(await deliveredTexts(runtime, phone, turn + 1)).toEqual(mts.slice(0, turn + 1))
      await runtime.kill()
      runtime = await instance.start()
    }
    expect(await smsc.texts(phone, mts.length)).toEqual(mts)
  })

  test('what is written while nothing runs is answered afterwards, once and in order', async () => {
    const another = '+36307654321'
    await runtime.kill()
    smsc.says(another, 'SURVEY')
    smsc.says(another, 'ten')
    smsc.says(another, '3')
    runtime = await instance.start()
    expect(await smsc.texts(another, 3)).toEqual(mts.slice(0, 3))
    expect(await deliveredTexts(runtime, another, 3)).toEqual(mts.slice(0, 3))
    expect(await smsc.texts(another, 3)).toEqual(mts.slice(0, 3))
  })
})

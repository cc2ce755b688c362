import { stoppedClock } from '@textloom/core/testing'
import { LoopbackLink } from '@textloom/transports'
import { describe, expect, test } from 'vitest'
import { talkativeFlow } from '../host/testing/flows.ts'
import { hostingOn, until } from '../host/testing/hosting-kit.ts'
import { scriptedNetwork } from '../host/testing/scripted-link.ts'
import { withDatabase } from '../host/testing/with-database.ts'

const anna = '+15550001'
const database = withDatabase()

describe('a channel with two links', () => {
  test('sends by the second once the first has been down for ten seconds, in order, and by the first again', async () => {
    const clock = stoppedClock()
    const network = scriptedNetwork()
    const flows = [talkativeFlow(['one', 'two'])]
    const channel = { links: ['phone', 'spare'] }
    const kit = await hostingOn(database().sql, { flows, network, clock, channel, spareLinks: ['spare'] })
    const spare = await until(() => {
      const link = kit.links.link('spare')
      return link instanceof LoopbackLink && link
    })
    const bySpare: string[] = []
    spare.onMt(({ text }) => bySpare.push(text))
    await kit.says(anna, 'talk')
    expect(await kit.heard(anna, 2)).toEqual(['one', 'two'])

    // What is written while the link is up waits for it, and moves when it stays down.
    await kit.services.sendMessage({
      by: 'api',
      key: 'a',
      channel: '4040',
      to: anna,
      text: 'three',
      sendAt: clock.now() + 5_000,
    })
    network.drop()
    clock.advance(9_000)
    await new Promise((resolve) => setTimeout(resolve, 2_500))
    expect(bySpare).toEqual([])
    clock.advance(1_000)
    await until(() => bySpare.length === 1)
    await kit.says(anna, 'talk')
    await until(() => bySpare.length === 3)
    expect(bySpare).toEqual(['three', 'one', 'two'])

    network.bind()
    await kit.says(anna, 'talk')
    expect(await kit.heard(anna, 4)).toEqual(['one', 'two', 'one', 'two'])
    await kit.stop()
  })

  test('sends what waits for a link that was taken from it by one that it still has', async () => {
    const network = scriptedNetwork()
    const kit = await hostingOn(database().sql, { flows: [talkativeFlow(['one'])], network, spareLinks: ['spare'] })
    await until(() => kit.links.status('phone')?.state === 'bound')
    network.drop()
    await kit.says(anna, 'talk')
    const spare = await until(() => {
      const link = kit.links.link('spare')
      return link instanceof LoopbackLink && link
    })
    const bySpare: string[] = []
    spare.onMt(({ text }) => bySpare.push(text))
    await kit.sql.query(`update channel set links = '["spare"]'`)
    await kit.configurationChanged()
    await until(() => bySpare.length === 1)
    expect(bySpare).toEqual(['one'])
    await kit.stop()
  })

  test('sends again, marked, what a process left in flight on a link that exists no more', async () => {
    const network = scriptedNetwork(() => 'never answers')
    const flows = [talkativeFlow(['one', 'two'])]
    const kit = await hostingOn(database().sql, { flows, network })
    await kit.says(anna, 'talk')
    await kit.heard(anna, 1)
    await kit.stop()
    await database().sql.query(
      `update outbox set state = 'sending', link = 'gone' where n = (select min(n) from outbox)`,
    )
    const again = await hostingOn(database().sql, { flows })
    expect(await again.heard(anna, 2)).toEqual(['one', 'two'])
    const marks = await again.sql.query('select possible_duplicate as twice from outbox order by n')
    expect(marks).toEqual([{ twice: true }, { twice: false }])
    await again.stop()
  }, 20_000)
})

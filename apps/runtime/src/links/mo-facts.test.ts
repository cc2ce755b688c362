import { expect, test } from 'vitest'
import { messageItem } from '../api/messages/message-item.ts'
import { listMessages } from '../db/messages/list-messages.ts'
import { hostingOn } from '../host/testing/hosting-kit.ts'
import { scriptedNetwork } from '../host/testing/scripted-link.ts'
import { withDatabase } from '../host/testing/with-database.ts'

const database = withDatabase()

test('what else the network told about an MO is kept with it', async () => {
  const network = scriptedNetwork()
  const kit = await hostingOn(database().sql, { network })
  const mo = { type: 'mo', from: '+36301234567', to: '4040', text: 'YES' } as const
  await network.host().submit({ ...mo, id: 'mo:phone:1', facts: { network: '216\u000030', port: 99 } })
  await network.host().submit({ ...mo, id: 'mo:phone:2' })
  const { items } = await listMessages(kit.sql, { direction: 'mo', limit: 10 })
  expect(items.map(messageItem)).toMatchObject([{ facts: {} }, { facts: { network: '216\ufffd30', port: 99 } }])
  await kit.stop()
})

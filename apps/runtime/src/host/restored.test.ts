import { gzipSync } from 'node:zlib'
import { stoppedClock } from '@textloom/core/testing'
import { expect, test } from 'vitest'
import { restoreBackup } from '../db/backup/restore-backup.ts'
import { writeBackup } from '../db/backup/write-backup.ts'
import { releasedMigrations } from '../db/migrate.ts'
import { waitingFlow } from './testing/flows.ts'
import { hostingOn } from './testing/hosting-kit.ts'
import { withDatabase } from './testing/with-database.ts'

const anna = '+15550001'
const ben = '+15550002'
const [original, restored] = [withDatabase(), withDatabase()]

test('a restored instance goes on: nothing is sent twice, what is due happens once, what waited waits for a word', async () => {
  const clock = stoppedClock()
  const flows = [waitingFlow('PT1H')]
  const before = await hostingOn(original().sql, { clock, flows })
  await before.says(anna, 'wait')
  expect(await before.heard(anna, 1)).toEqual(['One moment.'])
  const sendAt = clock.now() + 1_800_000
  const { id } = await before.services.sendMessage({
    by: 'api',
    key: 'k',
    channel: '4040',
    to: ben,
    text: 'Soon!',
    sendAt,
  })
  // Its receipt is stored by then, so that nothing of it is uncertain.
  await expect
    .poll(() => original().sql.query(`select state from outbox where phone = $1`, [anna]))
    .toEqual([{ state: 'delivered' }])

  const migrations = await releasedMigrations()
  let lines = ''
  await writeBackup(original().sql, { release: '0.1.0', migrations }, async (written) => {
    for await (const line of written) lines += line
  })
  await before.stop()
  const source = (async function* () {
    yield gzipSync(lines)
  })()
  const { uncertain } = await restoreBackup(restored().sql, source, { queued: 'hold', migrations })
  expect(uncertain).toEqual({ held: 1, queued: 0, dropped: 0 })

  clock.advance(7_200_000)
  const after = await hostingOn(restored().sql, { clock, flows })
  expect(await after.heard(anna, 1)).toEqual(['Here we are.'])
  await after.says(anna, 'wait')
  expect(await after.heard(anna, 2)).toEqual(['Here we are.', 'One moment.'])
  expect(await after.heard(ben, 0)).toEqual([])
  await after.services.resendMessage(id)
  expect(await after.heard(ben, 1)).toEqual(['Soon!'])
  expect(await restored().sql.query('select phone from outbox where possible_duplicate')).toEqual([{ phone: ben }])
  await after.stop()
})

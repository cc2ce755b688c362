// npm run chaos: faults against the whole product, see test/chaos/run.ts. `npm test` runs some of them, smaller.

import { buildStale } from './build.mjs'
import { ensureInstalled } from './installed.mjs'
import { entry, runUnderNode24 } from './node24.mjs'

await entry(async () => {
  await ensureInstalled({ withDev: true })
  await buildStale()
  return runUnderNode24(['test/chaos/run.ts', ...process.argv.slice(2)])
})

// npm run screens [-- name…]: docs/screens/*.png, see test/screens/run.ts.

import { buildStale } from './build.mjs'
import { ensureInstalled } from './installed.mjs'
import { entry, runUnderNode24 } from './node24.mjs'

await entry(async () => {
  await ensureInstalled({ withDev: true })
  await buildStale()
  return runUnderNode24(['test/screens/run.ts', ...process.argv.slice(2)])
})

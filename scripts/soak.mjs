// npm run soak: the long version of the fuzz of flow documents, see test/fuzz/soak.ts. `npm test` runs a hundredth of it.

import { ensureInstalled } from './installed.mjs'
import { entry, runUnderNode24 } from './node24.mjs'

await entry(async () => {
  await ensureInstalled({ withDev: true })
  return runUnderNode24(['test/fuzz/soak.ts', ...process.argv.slice(2)])
})

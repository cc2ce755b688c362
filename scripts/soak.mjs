// npm run soak: the long versions of the fuzz of flow documents and of frames, and of the simulation, see test/fuzz/soak.ts. `npm test` runs a hundredth.

import { ensureInstalled } from './installed.mjs'
import { entry, runUnderNode24 } from './node24.mjs'

await entry(async () => {
  await ensureInstalled({ withDev: true })
  return runUnderNode24(['--expose-gc', 'test/fuzz/soak.ts', ...process.argv.slice(2)])
})

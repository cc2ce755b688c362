// npm start: installs what is missing, then is `textloom start`, which builds what is stale.

import { ensureInstalled } from './installed.mjs'
import { entry } from './node24.mjs'

await entry(ensureInstalled)
if (!process.exitCode) {
  process.argv.splice(2, 0, 'start')
  await import(new URL('../apps/runtime/bin/textloom.mjs', import.meta.url).href)
}

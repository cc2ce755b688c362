#!/usr/bin/env node
// The command `textloom`. Works under any Node ≥ 20: finds the project's own Node, then hands over to src/cli/main.ts.

import { existsSync } from 'node:fs'
import module from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildStale } from '../../../scripts/build.mjs'
import { entry, isProjectNode, root, runUnderNode24 } from '../../../scripts/node24.mjs'

const argv = process.argv.slice(2)

if (await isReady()) {
  // Compiled code is kept between runs: a command answers in half the time.
  module.enableCompileCache(join(root, 'node_modules/.cache/textloom/compiled'))
  setTimeout(() => module.flushCompileCache(), 5_000).unref() // a server may be killed before it exits
  const { main } = await import('../src/cli/main.ts')
  process.exitCode = await main(argv)
}

/** False where there is nothing left to do here: another Node did it, or it cannot be done and was said so. */
async function isReady() {
  let ready = false
  await entry(async () => {
    if (!existsSync(join(root, 'node_modules/.package-lock.json'))) {
      throw new Error(`Textloom's dependencies are not installed. Run npm ci in ${root} (npm start does it by itself).`)
    }
    // Under npm in a terminal Ctrl-C comes twice, from the terminal and again from npm: with us between, it comes once.
    const { npm_lifecycle_event: npmScript, ...env } = process.env
    if (!isProjectNode() || (npmScript && process.stdin.isTTY)) {
      return runUnderNode24([fileURLToPath(import.meta.url), ...argv], { cwd: process.cwd(), env })
    }
    if (argv[0] === 'start') await buildStale()
    ready = true
  })
  return ready
}

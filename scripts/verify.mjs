// npm run verify [-- step…]: everything CI runs beside the tests. Runs every step, tells each in a line, fails at the end.

import { spawn } from 'node:child_process'
import { turbo, withoutTelemetry, workspacesWithBuild } from './build.mjs'
import { ensureInstalled } from './installed.mjs'
import { entry, projectNode, root } from './node24.mjs'

/** @type {Record<string, string[]>} arguments for Node */
const steps = {
  lint: ['node_modules/@biomejs/biome/bin/biome', 'check', '--colors=off', '--error-on-warnings', '.'],
  types: turbo('typecheck'),
  imports: ['scripts/import-graph.ts'],
  unused: ['node_modules/knip/bin/knip.js', '--no-progress'],
  docs: ['scripts/check-docs.ts'],
  ...(['apps', 'packages'].flatMap(workspacesWithBuild).length > 0 ? { build: turbo('build') } : {}),
  size: ['scripts/check-size.ts'],
}

await entry(async () => {
  await ensureInstalled({ withDev: true })
  const wanted = process.argv.slice(2)
  const unknown = wanted.filter((name) => !(name in steps))
  if (unknown.length > 0) {
    console.error(`There is no step ${unknown.join(', ')}; there are: ${Object.keys(steps).join(', ')}.`)
    return 2
  }
  const failed = []
  for (const [name, args] of Object.entries(steps)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    const startedMs = performance.now()
    const { code, output } = await captured(args)
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1)
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'}  ${name.padEnd(8)} ${seconds.padStart(5)} s`)
    if (code === 0) continue
    failed.push(name)
    console.log(output.trimEnd().replaceAll(/^/gm, '        '))
  }
  console.log(failed.length > 0 ? `Not right yet: ${failed.join(', ')}.` : 'All is well.')
  return failed.length > 0 ? 1 : 0
})

/**
 * Runs Node with both of its streams kept for the case of failure.
 * @param {string[]} args
 * @returns {Promise<{ code: number, output: string }>}
 */
function captured(args) {
  return new Promise((resolve, reject) => {
    const env = { ...withoutTelemetry(), FORCE_COLOR: '0' }
    const child = spawn(projectNode(), args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk) => {
        output += chunk
      })
    }
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

// Builds what has a build step and is stale. The server side has none: Node strips the types. Parses under Node 20.

import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root, runUnderNode24 } from './node24.mjs'

const stampFile = join(root, 'node_modules/.cache/textloom/build.stamp')
const notInputs = new Set(['node_modules', 'dist', '.turbo', 'coverage', 'data'])

/**
 * Runs the `build` script of every workspace that has one, unless nothing changed since they last ran: names, sizes and
 * times of the inputs are compared (milliseconds), and only a difference wakes turbo, which then compares contents.
 * @throws {Error} if a build fails
 */
export async function buildStale() {
  const built = ['apps', 'packages'].flatMap(workspacesWithBuild)
  if (built.length === 0) return
  const isBuilt = built.every((workspace) => existsSync(join(root, workspace, 'dist')))
  // Installed with --omit=dev: there is nothing to build with, and what was built before is what there is.
  if (isBuilt && !existsSync(join(root, 'node_modules/turbo'))) return
  const stamp = stampOf(['package-lock.json', 'tsconfig.base.json', 'apps', 'packages'])
  const isFresh = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp
  if (isFresh && isBuilt) return
  console.error(`Building ${built.join(', ')}.`)
  const code = await runUnderNode24(turbo('build'), {
    env: withoutTelemetry(),
    stdio: ['ignore', process.stderr, process.stderr],
  })
  if (code !== 0) throw new Error(`The build ended with exit code ${code}; its message stands above.`)
  mkdirSync(dirname(stampFile), { recursive: true })
  writeFileSync(stampFile, stamp)
}

/** Arguments for Node that run a task in all workspaces. */
export function turbo(/** @type {string} */ task) {
  return ['node_modules/turbo/bin/turbo', 'run', task, '--continue', '--output-logs=errors-only', '--ui=stream']
}

/** turbo reports its use to its makers unless told not to. */
export function withoutTelemetry() {
  return { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' }
}

/** @returns {string[]} folders such as `apps/editor` */
export function workspacesWithBuild(/** @type {string} */ parent) {
  return readdirSync(join(root, parent)).flatMap((name) => {
    const manifest = join(root, parent, name, 'package.json')
    if (!existsSync(manifest)) return []
    return JSON.parse(readFileSync(manifest, 'utf8')).scripts?.build ? [`${parent}/${name}`] : []
  })
}

function stampOf(/** @type {string[]} */ paths) {
  const hash = createHash('sha256')
  const visit = (/** @type {string} */ path) => {
    const stats = statSync(join(root, path))
    if (!stats.isDirectory()) {
      hash.update(`${path} ${stats.size} ${stats.mtimeMs}\n`)
      return
    }
    for (const name of readdirSync(join(root, path)).sort()) if (!notInputs.has(name)) visit(`${path}/${name}`)
  }
  for (const path of paths) visit(path)
  return hash.digest('hex')
}

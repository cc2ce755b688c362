// npm run dev: the runtime, started again on every change; a pretend SMSC; the editor with hot reload once it exists.
// Ctrl-C ends all of them, and so does the end of any one.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ensureInstalled } from './installed.mjs'
import { entry, projectNode, root } from './node24.mjs'

const textloom = 'apps/runtime/bin/textloom.mjs'
/** How long a part may take to end by itself; the runtime promises 10 s. */
const patienceMs = 12_000

await entry(async () => {
  await ensureInstalled({ withDev: true })
  const parts = [
    part('smsc', [textloom, 'smsc', '--protocol', 'smpp', '--port', '2775']),
    part('runtime', ['--watch', '--watch-preserve-output', textloom, 'start'], {
      TEXTLOOM_CONFIG: process.env.TEXTLOOM_CONFIG ?? 'scripts/dev-instance.json',
    }),
    ...(existsSync(join(root, 'apps/editor/vite.config.ts'))
      ? [part('editor', ['node_modules/vite/bin/vite.js', 'apps/editor'])]
      : []),
  ]
  const first = await Promise.race([nextSignal(), ...parts.map(untilEnd)])
  if (first) console.error(`${first} ended; ending the others.`)
  await Promise.all(parts.map(end))
  return first ? 1 : 0
})

/**
 * @typedef {{ name: string, child: import('node:child_process').ChildProcess }} Part
 * @param {string} name
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Part}
 */
function part(name, args, env = {}) {
  // A process group of its own: Ctrl-C comes to us alone, and we end the parts once, in our own way.
  const child = spawn(projectNode(), args, {
    cwd: root,
    detached: true,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [child.stdout, child.stderr]) labelled(name, stream)
  return { name, child }
}

/** Passes lines on with the part's name in front. */
function labelled(/** @type {string} */ name, /** @type {import('node:stream').Readable} */ stream) {
  let rest = ''
  stream.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) console.log(`${name.padEnd(8)}${line}`)
  })
}

/** @returns {Promise<undefined>} */
function nextSignal() {
  return new Promise((resolve) => {
    process.on('SIGINT', () => resolve(undefined))
    process.on('SIGTERM', () => resolve(undefined))
  })
}

async function untilEnd(/** @type {Part} */ { name, child }) {
  await once(child, 'exit')
  return name
}

/** Asks a part to end (node --watch passes that on), and ends all it started when its time is over. */
async function end(/** @type {Part} */ { child }) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const { pid } = child
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const insist = setTimeout(() => process.kill(-pid, 'SIGKILL'), patienceMs)
  await ended
  clearTimeout(insist)
}

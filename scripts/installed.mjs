// Are the dependencies of package-lock.json installed? If not, npm installs them. Parses under Node 20.

import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { root, run } from './node24.mjs'

/**
 * Runs `npm ci` when node_modules is absent, half-written or from another package-lock.json.
 * Costs a few milliseconds when there is nothing to do.
 * @param {{ withDev?: boolean }} [options] withDev: development dependencies may not be absent either
 * @throws {Error} if npm fails
 */
export async function ensureInstalled({ withDev = false } = {}) {
  const lock = join(root, 'package-lock.json')
  const record = join(root, 'node_modules/.package-lock.json')
  const reason = existsSync(record)
    ? reasonToInstall(readJson(lock), readJson(record), { withDev, withOptional: modified(lock) > modified(record) })
    : 'node_modules is absent or incomplete'
  if (!reason) return
  console.error(`Installing dependencies with npm ci: ${reason}.`)
  const { command, args } = npm()
  const code = await run(command, [...args, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    // npm deletes node_modules first, and with it the Node of ours that may be running this script.
    env: { ...process.env, PATH: pathWithoutNodeModules() },
    stdio: ['ignore', process.stderr, process.stderr],
    shell: process.platform === 'win32',
  })
  if (code !== 0) throw new Error(`npm ci ended with exit code ${code}; its message stands above.`)
}

/**
 * @typedef {{ version?: string, integrity?: string, link?: boolean, optional?: boolean, devOptional?: boolean,
 *   dev?: boolean, peer?: boolean, os?: string[], cpu?: string[], libc?: string[] }} LockEntry
 * @typedef {{ packages?: Record<string, LockEntry> }} Lock
 */

/**
 * Compares what should be installed with npm's own record of what is, by content: file times say nothing after a
 * `git checkout`. What is present is never allowed to differ; what may be absent is up to the options.
 * @param {Lock} wanted package-lock.json
 * @param {Lock} installed node_modules/.package-lock.json, which npm writes last
 * @param {{ withDev: boolean, withOptional: boolean }} options withOptional: optional dependencies made for this machine
 *   count as well; asked for only while the record is the older file, since one that fails to install stays absent
 * @returns {string | undefined} why an install is needed
 */
export function reasonToInstall(wanted, installed, { withDev, withOptional }) {
  const mayBeAbsent = (/** @type {LockEntry} */ entry) =>
    entry.optional || entry.devOptional ? !(withOptional && isMadeForThisMachine(entry)) : entry.dev && !withDev
  for (const [path, entry] of Object.entries(wanted.packages ?? {})) {
    if (path === '') continue
    const present = installed.packages?.[path]
    if (!present && !mayBeAbsent(entry)) return `${path} is not installed`
    if (present && (entry.integrity !== present.integrity || entry.version !== present.version)) {
      return `${path} is ${present.version}, package-lock.json wants ${entry.version}`
    }
  }
  return undefined
}

/** Where a package is made for one C library it comes in pairs, and its twin may rightly be absent. */
function isMadeForThisMachine(/** @type {LockEntry} */ { os, cpu, libc }) {
  return os?.includes(process.platform) && cpu?.includes(process.arch) && !libc
}

/** @returns {Lock} */
function readJson(/** @type {string} */ file) {
  return JSON.parse(readFileSync(file, 'utf8'))
}

function modified(/** @type {string} */ file) {
  return statSync(file).mtimeMs
}

/** The npm that started us, with the Node that it runs on; else the one on PATH. */
function npm() {
  const { npm_execpath: cli, npm_node_execpath: node } = process.env
  if (cli && node && basename(cli) === 'npm-cli.js' && existsSync(node)) return { command: node, args: [cli] }
  return { command: 'npm', args: [] }
}

function pathWithoutNodeModules() {
  const delimiter = process.platform === 'win32' ? ';' : ':'
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.filter((folder) => !folder.startsWith(join(root, 'node_modules'))).join(delimiter)
}

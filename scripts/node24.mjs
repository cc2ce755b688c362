// Which Node runs this project, and how to run something with it. Parses under Node 20 and depends on nothing, because it
// is what a fresh clone starts with.

import { spawn } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the checkout. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/** The oldest Node that strips types without a flag and has every API used here, for machines npm brings no Node to. */
const oldestNode = { major: 22, minor: 22 }

/**
 * The Node executable of this project: the one npm installed (linux x64 and arm64), elsewhere the present one.
 * @throws {Error} with a sentence for people, where neither will do
 */
export function projectNode() {
  const installed = join(root, `node_modules/node-${process.platform}-${process.arch}/bin/node`)
  if (existsSync(installed)) return installed
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > oldestNode.major || (major === oldestNode.major && minor >= oldestNode.minor)) return process.execPath
  throw new Error(
    `Textloom needs Node ${oldestNode.major}.${oldestNode.minor} or later on ${process.platform}-${process.arch}; ` +
      `this is ${process.versions.node}. Install Node 24 from https://nodejs.org and run the command again.`,
  )
}

/** Whether this very process already runs on {@link projectNode}. */
export function isProjectNode() {
  return realpathSync(projectNode()) === realpathSync(process.execPath)
}

/**
 * Runs a script with the project's Node and waits for it.
 * @param {string[]} args the script's path, then its arguments
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function runUnderNode24(args, options) {
  return run(projectNode(), args, options)
}

/**
 * Runs a program in the checkout on our own terminal and waits for it; signals that reach us are passed on to it.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} its exit code; 128 + the signal's number if a signal ended it, as shells report it
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options })
    const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])
    /** @param {NodeJS.Signals} signal */
    const passOn = (signal) => {
      // Ctrl-C in a terminal goes to the whole foreground group: the child has it already.
      if (signal === 'SIGINT' && process.stdin.isTTY) return
      child.kill(signal)
    }
    for (const signal of signals) process.on(signal, passOn)
    const finish = () => {
      for (const signal of signals) process.off(signal, passOn)
    }
    child.once('error', (error) => {
      finish()
      reject(error)
    })
    child.once('close', (code, signal) => {
      finish()
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0))
    })
  })
}

/**
 * Runs the body of an entry script: its result is the exit code, an error is a sentence on stderr and exit code 3
 * (the world is at fault), never a stack trace for something the reader cannot debug.
 * @param {() => Promise<number | void>} body
 */
export async function entry(body) {
  try {
    process.exitCode = (await body()) ?? undefined
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 3
  }
}

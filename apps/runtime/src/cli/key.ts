import { didYouMean } from '@textloom/core'
import type { Command } from 'commander'
import { createKey } from '../api/access/keys.ts'
import { type Scope, scopes } from '../api/access/permissions.ts'
import { readSettings } from '../settings/environment.ts'
import { CliError, exitCodes } from './cli-error.ts'
import type { Io } from './io.ts'
import { withInstance } from './with-instance.ts'
import { inTheWorld } from './world-errors.ts'

interface KeyOptions {
  readonly label: string
  readonly scopes: string
  readonly json?: boolean
}

/** `textloom key create`: a key of the HTTP API, shown this once. */
export function configure(command: Command, io: Io): void {
  command.description('Keys of the HTTP API.')
  command
    .command('create')
    .description('Make a key and print it; it is shown this once.')
    .requiredOption('--label <text>', 'what uses it, for people')
    .option('--scopes <list>', `what it may do, separated by commas: ${scopes.join(', ')}`, '*')
    .option('--json', 'print the key with its id and scopes as JSON')
    .action((options: KeyOptions) => inTheWorld(() => create(options, io)))
}

async function create({ label, scopes: list, json }: KeyOptions, io: Io): Promise<void> {
  const wanted = list.split(',').map((name) => scopeNamed(name.trim()))
  const made = await withInstance(readSettings(io.env), async ({ tx, audit, operator, ...means }) => {
    const created = await createKey(tx, { label, scopes: wanted }, means)
    const data = { label, scopes: wanted }
    await audit.note(tx, { ...operator, action: 'key.created', subject: `key:${created.id}`, data })
    return created
  })
  const { id, key } = made
  await io.print(json ? `${JSON.stringify({ id, label, scopes: wanted, key })}\n` : `${key}\n`)
}

function scopeNamed(name: string): Scope {
  const scope = scopes.find((one) => one === name)
  if (scope !== undefined) return scope
  throw new CliError(
    exitCodes.use,
    `There is no scope "${name}".${didYouMean(name, scopes)} There are: ${scopes.join(', ')}.`,
  )
}

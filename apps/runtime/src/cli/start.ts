import { type Command, Option } from 'commander'
import type { Role } from '../host/hosting.ts'
import { readSettings } from '../settings/environment.ts'
import { CliError, exitCodes } from './cli-error.ts'
import type { Io } from './io.ts'
import { inTheWorld } from './world-errors.ts'

const roles: readonly Role[] = ['all', 'gateway', 'worker', 'web']

/** `textloom start`: the runtime, until it is told to end (CONTRACT §4). */
export function configure(command: Command, io: Io): void {
  command
    .description('Run Textloom: links, conversations, API. Settings come from the environment and from .env.')
    .addOption(new Option('--role <role>', 'what this process does').choices(roles).default('all'))
    .action(({ role }: { role: Role }) => inTheWorld(() => run(role, io)))
}

async function run(role: Role, io: Io): Promise<void> {
  const settings = readSettings(io.env)
  if (role !== 'all' && settings.databaseUrl === undefined) {
    const why = 'the embedded database belongs to one process'
    throw new CliError(exitCodes.use, `--role ${role} needs DATABASE_URL: ${why}.`)
  }
  // Not before it is known that there is something to start: these bring the database, the API and all transports.
  const { serve } = await import('../serve.ts')
  const served = await serve(settings, { role, say: (line) => io.print(`${line}\n`) })
  io.exitCode = await served.ended
}

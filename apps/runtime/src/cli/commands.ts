import type { Command } from 'commander'
import type { Io } from './io.ts'

/** A command's own module: names its arguments and options, and says what is done with them. */
export interface CommandModule {
  configure(command: Command, io: Io): void
}

/** A line of `textloom --help`. Modules are loaded only when their command is called: most need no database. */
export interface CommandEntry {
  readonly name: string
  readonly summary: string
  load(): Promise<CommandModule>
}

/** Every command of `textloom`, in the order of the help. */
export const commands: readonly CommandEntry[] = [
  { name: 'start', summary: 'run Textloom', load: () => import('./start.ts') },
  { name: 'validate', summary: 'check flow files', load: () => import('./validate.ts') },
  { name: 'format', summary: 'print flow files in canonical form', load: () => import('./format.ts') },
  { name: 'diff', summary: 'say what differs between two flow files', load: () => import('./diff.ts') },
  { name: 'compile', summary: 'print the XState machine of a flow', load: () => import('./compile.ts') },
  { name: 'simulate', summary: 'play one conversation with a flow', load: () => import('./simulate.ts') },
  { name: 'test', summary: 'run the conversations saved in flow files', load: () => import('./test.ts') },
  { name: 'paths', summary: 'list the ways through a flow', load: () => import('./paths.ts') },
  { name: 'export', summary: 'turn a flow into another format', load: () => import('./export.ts') },
  {
    name: 'translations',
    summary: 'take the texts of a flow to translators and back',
    load: () => import('./translations.ts'),
  },
  { name: 'phone', summary: 'text a loopback channel, as a phone would', load: () => import('./phone.ts') },
  { name: 'smsc', summary: 'pretend to be an SMSC', load: () => import('./smsc.ts') },
  { name: 'modem', summary: 'pretend to be a GSM modem', load: () => import('./modem.ts') },
  { name: 'schema', summary: 'print a JSON Schema', load: () => import('./schema.ts') },
  { name: 'user', summary: 'let somebody sign in', load: () => import('./user.ts') },
  { name: 'key', summary: 'make a key of the HTTP API', load: () => import('./key.ts') },
  { name: 'migrate', summary: 'bring the database to this release', load: () => import('./migrate.ts') },
  { name: 'backup', summary: 'write the whole instance into one file', load: () => import('./backup.ts') },
  { name: 'restore', summary: 'fill an empty database with a backup', load: () => import('./restore.ts') },
  { name: 'doctor', summary: 'look at everything a start rests on', load: () => import('./doctor.ts') },
]

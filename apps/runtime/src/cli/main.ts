import { didYouMean } from '@textloom/core'
import { Command, CommanderError } from 'commander'
import manifest from '../../package.json' with { type: 'json' }
import { CliError, exitCodes } from './cli-error.ts'
import { commands } from './commands.ts'
import { type Io, OutputClosed, processIo } from './io.ts'

const exitCodeHelp = `
Exit codes: 0 done, 1 the input is at fault, 2 wrong use or an unreadable file, 3 the world is at fault.
textloom COMMAND --help describes a command.`

/**
 * Runs one command of `textloom`. Nothing is thrown: whatever goes wrong is said on stderr and in the exit code
 * (CONTRACT §4).
 * @param argv the arguments without Node and script
 */
export async function main(argv: readonly string[], io: Io = processIo()): Promise<number> {
  try {
    const args = helpFlag(argv)
    const program = await programFor(args, io)
    await program.parseAsync(args, { from: 'user' })
    return io.exitCode
  } catch (error) {
    const { exitCode, says } = outcomeOf(error, io)
    if (says !== '') await io.remark(says.endsWith('\n') ? says : `${says}\n`).catch(() => undefined)
    return exitCode
  }
}

async function programFor([name]: readonly string[], io: Io): Promise<Command> {
  const program = frame(new Command('textloom'), io)
    .description('Two-way SMS conversations: flows, their tools and their runtime.')
    .version(manifest.version, '--version', 'print the version')
    .helpCommand('help [command]', 'describe a command')
    .addHelpText('after', exitCodeHelp)
  for (const entry of commands) {
    const command = frame(program.command(entry.name).summary(entry.summary), io)
    if (entry.name === name) (await entry.load()).configure(command, io)
  }
  if (name === undefined) throw new CliError(exitCodes.use, program.helpInformation() + exitCodeHelp)
  if (!name.startsWith('-') && name !== 'help' && !commands.some((entry) => entry.name === name)) {
    const meant = didYouMean(
      name,
      commands.map((entry) => entry.name),
    )
    throw new CliError(exitCodes.use, `textloom has no command "${name}".${meant} textloom --help lists them.`)
  }
  return program
}

function frame(command: Command, io: Io): Command {
  return command
    .exitOverride()
    .helpOption('-h, --help', 'describe this command')
    .showHelpAfterError(`textloom ${command.name() === 'textloom' ? '' : `${command.name()} `}--help says more.`)
    .configureOutput({ writeOut: (text) => quietly(io.print(text)), writeErr: (text) => quietly(io.remark(text)) })
}

/** Commander does not wait for its output; a reader that has gone is no news there. */
function quietly(writing: Promise<void>): void {
  writing.catch(() => undefined)
}

/** `textloom help validate` is `textloom validate --help`. */
function helpFlag(argv: readonly string[]): readonly string[] {
  return argv[0] === 'help' && argv[1] !== undefined ? [argv[1], '--help'] : argv
}

function outcomeOf(error: unknown, io: Io): { readonly exitCode: number; readonly says: string } {
  if (error instanceof OutputClosed) return { exitCode: io.exitCode, says: '' }
  if (error instanceof CliError) return { exitCode: error.exitCode, says: error.message }
  // Commander has already said what was wrong; its own exit code is 1 for wrong use.
  if (error instanceof CommanderError)
    return { exitCode: error.exitCode === 0 ? exitCodes.done : exitCodes.use, says: '' }
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { exitCode: exitCodes.world, says: `textloom failed: ${details}` }
}

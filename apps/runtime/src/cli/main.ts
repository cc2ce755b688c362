import { didYouMean } from '@textloom/core'
import { Command, CommanderError } from 'commander'
import manifest from '../../package.json' with { type: 'json' }
import { CliError, exitCodes } from './cli-error.ts'
import { commands } from './commands.ts'
import { type Io, processIo } from './io.ts'

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
    const program = await programFor(argv, io)
    await program.parseAsync(helpFlag(argv), { from: 'user' })
    return io.exitCode
  } catch (error) {
    return exitCodeOf(error, io)
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
    if (entry.name === name || name === 'help') (await entry.load()).configure(command, io)
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
    .configureOutput({ writeOut: (text) => void io.print(text), writeErr: (text) => void io.remark(text) })
}

/** `textloom help validate` is `textloom validate --help`. */
function helpFlag(argv: readonly string[]): readonly string[] {
  return argv[0] === 'help' && argv[1] !== undefined ? [argv[1], '--help'] : argv
}

async function exitCodeOf(error: unknown, io: Io): Promise<number> {
  // Commander has already said what was wrong; its own exit code is 1 for wrong use.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.use
  if (error instanceof CliError) {
    await io.remark(error.message.endsWith('\n') ? error.message : `${error.message}\n`)
    return error.exitCode
  }
  await io.remark(`textloom failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return exitCodes.world
}

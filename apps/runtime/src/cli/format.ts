import { formatFlow } from '@textloom/core'
import { registry } from '@textloom/nodes'
import type { Command } from 'commander'
import { CliError, exitCodes } from './cli-error.ts'
import type { Io } from './io.ts'
import { draftIn } from './load-flow.ts'
import { readInput, utf8 } from './read-input.ts'
import { replaceFile } from './replace-file.ts'

interface FormatOptions {
  readonly write?: boolean
  readonly check?: boolean
}

/** `textloom format FILE…`: the canonical form of flow files. */
export function configure(command: Command, io: Io): void {
  command
    .description('Print flow files in canonical form: 2-space JSON, keys in schema order, nothing added.')
    .argument('<file...>', 'flow files; - for stdin')
    .option('--write', 'change the files instead, and print the names of those that changed')
    .option('--check', 'change nothing, print the names of files not in canonical form and end with 1 if there are any')
    .action((files: string[], options: FormatOptions) => format(files, options, io))
}

async function format(files: readonly string[], options: FormatOptions, io: Io): Promise<void> {
  if (options.write && options.check) throw new CliError(exitCodes.use, 'Use either --write or --check, not both.')
  if (options.write && files.includes('-')) {
    throw new CliError(exitCodes.use, 'Standard input cannot be changed: leave out --write.')
  }
  if (!options.write && !options.check && files.length > 1) {
    throw new CliError(exitCodes.use, 'These are several files: add --write to change them or --check to look only.')
  }
  const faults: CliError[] = []
  for (const file of files) {
    try {
      await formatOne(file, options, io)
    } catch (error) {
      if (!(error instanceof CliError)) throw error
      // The other files are still formatted.
      faults.push(error)
    }
  }
  if (faults.length === 0) return
  const exitCode = Math.max(...faults.map((fault) => fault.exitCode))
  throw new CliError(exitCode, faults.map(({ message }) => message.trimEnd()).join('\n'))
}

async function formatOne(file: string, { write, check }: FormatOptions, io: Io): Promise<void> {
  const octets = await readInput(file, io)
  const canonical = formatFlow(draftIn(octets, file), registry)
  if (!write && !check) return io.print(canonical)
  if (utf8(octets) === canonical) return
  if (write) await replaceFile(file, canonical)
  else io.exitCode = exitCodes.input
  await io.print(`${file}\n`)
}

import type { Issue } from '@textloom/core'
import { analyseFlow } from '@textloom/engine'
import { registry } from '@textloom/nodes'
import type { Command } from 'commander'
import { CliError, exitCodes } from './cli-error.ts'
import type { Io } from './io.ts'
import { count, issueLine } from './issue-line.ts'
import { loadFlow } from './load-flow.ts'

/** `textloom validate FILE…`: everything that is wrong with flow files, on stdout. */
export function configure(command: Command, io: Io): void {
  command
    .description('Check flow files: first their structure, then, where that is right, their soundness.')
    .argument('<file...>', 'flow files; - for stdin')
    .option('--json', 'print a JSON array of {file,node,path,code,severity,message}')
    .addHelpText(
      'after',
      '\nPrints "file: node-id (or -): code: sentence". Ends with 1 when there is an error, 0 when only warnings.',
    )
    .action((files: string[], options: { json?: boolean }) => validate(files, options.json ?? false, io))
}

interface Finding {
  readonly file: string
  readonly issue: Issue
}

async function validate(files: readonly string[], asJson: boolean, io: Io): Promise<void> {
  const findings: Finding[] = []
  const unreadable: string[] = []
  for (const file of files) {
    try {
      const issues = await issuesOf(file, io)
      for (const issue of issues) findings.push({ file, issue })
      if (!asJson) await io.print(issues.map((issue) => issueLine(file, issue)).join(''))
    } catch (error) {
      if (!(error instanceof CliError)) throw error
      // The other files are still checked.
      unreadable.push(error.message)
    }
  }
  if (asJson) await io.print(`${JSON.stringify(findings.map(forMachines), null, 2)}\n`)
  const errors = findings.filter(({ issue }) => issue.severity === 'error').length
  if (unreadable.length > 0) throw new CliError(exitCodes.use, unreadable.join('\n'))
  if (!asJson) await io.remark(`${summary(errors, findings.length - errors, files.length)}\n`)
  io.exitCode = errors > 0 ? exitCodes.input : exitCodes.done
}

async function issuesOf(file: string, io: Io): Promise<readonly Issue[]> {
  const parsed = await loadFlow(file, io)
  return parsed.ok ? analyseFlow(parsed.flow, registry) : parsed.issues
}

function forMachines({ file, issue: { node, path, code, severity, message } }: Finding) {
  return { file, node: node ?? null, path, code, severity, message }
}

function summary(errors: number, warnings: number, files: number): string {
  const found = [errors > 0 && count(errors, 'error'), warnings > 0 && count(warnings, 'warning')].filter(Boolean)
  return `${found.join(' and ') || 'Nothing wrong'} in ${count(files, 'file')}.`
}

import type { FlowDocument } from '@textloom/core'
import { coverageOf, type SavedTestResult, savedTestRunner } from '@textloom/engine'
import { registry } from '@textloom/nodes'
import type { Command } from 'commander'
import { CliError, exitCodes } from './cli-error.ts'
import type { Io } from './io.ts'
import { loadSoundFlow } from './load-flow.ts'
import { loadFlows } from './other-flows.ts'

interface TestOptions {
  readonly json?: boolean
  readonly flows?: string
}

/** `textloom test FILE…`: runs the conversations saved in flow files (CONTRACT §4). */
export function configure(command: Command, io: Io): void {
  command
    .description('Run the conversations that are saved in flow files.')
    .argument('<file...>', 'flow files; - for stdin')
    .option('--flows <folder>', 'flows that these may call')
    .option('--json', 'print a JSON array, one object a file')
    .addHelpText('after', '\nEnds with 1 when a conversation goes another way than saved.')
    .action((files: string[], options: TestOptions) => test(files, options, io))
}

interface FileReport {
  readonly file: string
  readonly flow: FlowDocument
  readonly tests: readonly { readonly name: string; readonly result: SavedTestResult }[]
}

async function test(files: readonly string[], { json, flows }: TestOptions, io: Io): Promise<void> {
  const reports: FileReport[] = []
  const faults: CliError[] = []
  for (const file of files) {
    try {
      const report = await runFile(file, flows, io)
      reports.push(report)
      if (!json) await io.print(reportText(report))
    } catch (error) {
      if (!(error instanceof CliError)) throw error
      // The other files are still tested.
      faults.push(error)
    }
  }
  if (json) await io.print(`${JSON.stringify(reports.map(forMachines), null, 2)}\n`)
  const results = reports.flatMap(({ tests }) => tests)
  const failed = results.filter(({ result }) => !result.passed).length
  if (!json) await io.remark(`${results.length - failed} passed, ${failed} failed.\n`)
  if (failed > 0) io.exitCode = exitCodes.input
  if (faults.length === 0) return
  const exitCode = Math.max(...faults.map((fault) => fault.exitCode))
  throw new CliError(exitCode, faults.map(({ message }) => message.trimEnd()).join('\n'))
}

async function runFile(file: string, flows: string | undefined, io: Io): Promise<FileReport> {
  const flow = await loadSoundFlow(file, io)
  const others = await loadFlows(flows, { file, flow }, io)
  const run = savedTestRunner(flow, registry, others)
  const tests = (flow.tests ?? []).map((saved) => ({ name: saved.name, result: run(saved) }))
  return { file, flow, tests }
}

function reportText(report: FileReport): string {
  const { file, tests } = report
  if (tests.length === 0) return `${file}: no saved tests\n`
  const lines = tests.flatMap(({ name, result }) => [
    `${result.passed ? 'passed' : 'FAILED'}  ${file}: ${name}`,
    ...failureLines(result),
  ])
  return [...lines, `${file}: ${coverageText(report)}`, ''].join('\n')
}

function failureLines({ failure }: SavedTestResult): string[] {
  if (!failure) return []
  const { step, expected, got, transcript } = failure
  return [
    ...transcript.map((line) => `        ${line}`),
    `      step ${step + 1}`,
    `      - expected ${expected}`,
    `      + got      ${got.trim()}`,
  ]
}

function coverageText(report: FileReport): string {
  const { exits, notReached } = coverage(report)
  const missing = notReached.map(({ node, handle }) => `${node}.${handle}`).join(', ')
  return `${exits.length - notReached.length} of ${exits.length} exits reached${missing && `, not ${missing}`}`
}

function coverage({ flow, tests }: FileReport) {
  return coverageOf(
    flow,
    tests.map(({ result }) => result.path),
  )
}

function forMachines(report: FileReport) {
  const { exits, notReached } = coverage(report)
  return {
    file: report.file,
    tests: report.tests.map(({ name, result: { passed, failure } }) => ({
      name,
      passed,
      ...(failure ? { failure } : {}),
    })),
    exits: exits.length,
    exitsNotReached: notReached,
  }
}

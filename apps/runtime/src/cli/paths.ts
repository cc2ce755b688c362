import {
  coverageOf,
  explorePaths,
  type FlowCost,
  flowCosts,
  pathTranscript,
  runSavedTest,
  usualMostPaths,
} from '@textloom/engine'
import { registry } from '@textloom/nodes'
import type { Command } from 'commander'
import type { Io } from './io.ts'
import { wholeNumberOption } from './json-options.ts'
import { loadDraft } from './load-flow.ts'
import { loadFlows } from './other-flows.ts'

interface PathsOptions {
  readonly most?: string
  readonly json?: boolean
  readonly flows?: string
}

/**
 * `textloom paths FILE`: every way through a flow that comes to no node twice, which exits its saved tests miss, and
 * what a conversation costs.
 */
export function configure(command: Command, io: Io): void {
  command
    .description(
      'List the ways through a flow, each as a conversation, the exits that its saved tests do not take, and the segments that a conversation sends in each language.',
    )
    .argument('<file>', 'a flow file; - for stdin')
    .option('--most <number>', `after so many ways it stops (default ${usualMostPaths})`)
    .option('--flows <folder>', 'flows that this one may call, for its saved tests')
    .option('--json', 'print nodes and exits as JSON')
    .action((file: string, options: PathsOptions) => paths(file, options, io))
}

async function paths(file: string, { most, json, flows }: PathsOptions, io: Io): Promise<void> {
  const flow = await loadDraft(file, io)
  const limit = most === undefined ? usualMostPaths : wholeNumberOption('--most', most)
  const explored = explorePaths(flow, registry, limit)
  const others = (flow.tests ?? []).length === 0 ? [] : await loadFlows(flows, { file, flow }, io)
  const tests = (flow.tests ?? []).map((test) => runSavedTest(flow, registry, test, others).path)
  const { exits, notReached } = coverageOf(flow, tests)
  const segments = flowCosts(flow, registry)
  if (json) {
    const report = { ...explored, exits: exits.length, exitsNotReached: notReached, segments }
    await io.print(`${JSON.stringify(report, null, 2)}\n`)
    return
  }
  for (const [index, path] of explored.paths.entries()) {
    await io.print(`${index + 1}.\n${pathTranscript(path, flow, registry).join('\n')}\n\n`)
  }
  const missing = notReached.map(({ node, handle }) => `${node}.${handle}`).join(', ')
  const more = explored.isCut ? ` There are more: --most ${limit * 10} shows further ones.` : ''
  await io.remark(
    `${explored.paths.length} ways.${more} Saved tests take ${exits.length - notReached.length} of ${exits.length} exits${missing === '' ? '' : `, not ${missing}`}.\n${costText(segments)}`,
  )
}

function costText(costs: readonly FlowCost[]): string {
  if (costs.length === 0) return 'No way leads to an end, so there is no telling what a conversation costs.\n'
  const each = costs.map(({ language, least, most }) => `${language} ${least === most ? least : `${least} to ${most}`}`)
  return `Segments that a conversation sends: ${each.join(', ')}.\n`
}

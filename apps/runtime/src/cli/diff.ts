import { changeSentences, diffFlows, type FlowDocument, type FlowNode } from '@textloom/core'
import { registry } from '@textloom/nodes'
import type { Command } from 'commander'
import { CliError, exitCodes } from './cli-error.ts'
import type { Io } from './io.ts'
import { loadDraft } from './load-flow.ts'

/** `textloom diff BEFORE AFTER`: what differs between two flow files, in terms of nodes, exits and texts. */
export function configure(command: Command, io: Io): void {
  command
    .description('Say what differs between two flow files: nodes, exits, settings, translations, saved tests, notes.')
    .argument('<before>', 'a flow file; - for stdin')
    .argument('<after>', 'a flow file; - for stdin')
    .option('--json', 'print a JSON array of changes')
    .addHelpText('after', '\nEnds with 0 when they say the same, 1 when they differ, 2 when one cannot be read.')
    .action((before: string, after: string, options: { json?: boolean }) =>
      diff(before, after, options.json ?? false, io),
    )
}

async function diff(before: string, after: string, asJson: boolean, io: Io): Promise<void> {
  if (before === '-' && after === '-') throw new CliError(exitCodes.use, 'Only one of the two files can be stdin.')
  const changes = diffFlows(await readable(before, io), await readable(after, io))
  if (asJson) await io.print(`${JSON.stringify(changes, null, 2)}\n`)
  else
    await io.print(
      changeSentences(changes, described)
        .map((sentence) => `${sentence}\n`)
        .join(''),
    )
  io.exitCode = changes.length > 0 ? exitCodes.input : exitCodes.done
}

/** A file that is no flow is no difference: as with `diff`, that is a trouble of its own. */
async function readable(file: string, io: Io): Promise<FlowDocument> {
  try {
    return await loadDraft(file, io)
  } catch (error) {
    if (error instanceof CliError) throw new CliError(exitCodes.use, error.message)
    throw error
  }
}

function described({ type, data }: FlowNode): string {
  const nodeType = registry.get(type)
  if (!nodeType) return type
  const { title, body } = nodeType.describe(nodeType.schema.parse(data))
  const [line = ''] = body.split('\n')
  return line === '' ? title : `${title} ${JSON.stringify(line)}`
}

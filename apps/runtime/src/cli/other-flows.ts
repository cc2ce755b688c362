import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { FlowDocument } from '@textloom/core'
import { analyseCalls } from '@textloom/engine'
import { registry } from '@textloom/nodes'
import { CliError, exitCodes } from './cli-error.ts'
import type { Io } from './io.ts'
import { issueLine } from './issue-line.ts'
import { loadSoundFlow } from './load-flow.ts'

/**
 * The flows that `flow`, read from `file`, may call: those of a folder, or none. Says on stderr what is wrong with its
 * calls; they fail when it is played.
 * @throws CliError when the folder cannot be read or one of its flows is not sound
 */
export async function loadFlows(
  folder: string | undefined,
  { file, flow }: { readonly file: string; readonly flow: FlowDocument },
  io: Io,
): Promise<FlowDocument[]> {
  const others = folder === undefined ? [] : (await flowsIn(folder, io)).filter(({ id }) => id !== flow.id)
  for (const issue of analyseCalls(flow, others, registry)) {
    const isMissing = issue.code === 'flow/unknown-flow' && folder === undefined
    const hint = isMissing ? ' Name the folder that it is in by --flows.' : ''
    await io.remark(issueLine(file, { ...issue, message: `${issue.message}${hint}` }))
  }
  return others
}

/** The `.json` files of a folder, by name. */
async function flowsIn(folder: string, io: Io): Promise<FlowDocument[]> {
  let names: string[]
  try {
    names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  } catch (cause) {
    throw new CliError(exitCodes.use, `Cannot read the folder ${folder}: ${reasonOf(cause)}.`, { cause })
  }
  const flows: FlowDocument[] = []
  for (const name of names) flows.push(await loadSoundFlow(join(folder, name), io))
  return flows
}

function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (code === 'ENOENT') return 'there is no such folder'
  if (code === 'ENOTDIR') return 'it is not a folder'
  return cause instanceof Error ? cause.message : String(cause)
}

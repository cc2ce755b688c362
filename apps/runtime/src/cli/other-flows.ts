import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { FlowDocument } from '@textloom/core'
import { CliError, exitCodes } from './cli-error.ts'
import type { Io } from './io.ts'
import { loadSoundFlow } from './load-flow.ts'

/**
 * The flows of a folder: its `.json` files, by name, without the flow `except`.
 * @throws CliError when the folder cannot be read or one of them is not sound
 */
export async function loadFlows(folder: string, except: FlowDocument, io: Io): Promise<FlowDocument[]> {
  let names: string[]
  try {
    names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  } catch (cause) {
    throw new CliError(exitCodes.use, `Cannot read the folder ${folder}: ${reasonOf(cause)}.`, { cause })
  }
  const flows: FlowDocument[] = []
  for (const name of names) flows.push(await loadSoundFlow(join(folder, name), io))
  return flows.filter(({ id }) => id !== except.id)
}

function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (code === 'ENOENT') return 'there is no such folder'
  if (code === 'ENOTDIR') return 'it is not a folder'
  return cause instanceof Error ? cause.message : String(cause)
}

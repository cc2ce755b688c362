import type { FlowDocument, Issue, ParsedFlow } from '@textloom/core'
import { parseFlow } from '@textloom/core'
import { analyseFlow, isSound } from '@textloom/engine'
import { registry } from '@textloom/nodes'
import { CliError, exitCodes } from './cli-error.ts'
import type { Io } from './io.ts'
import { issueLine } from './issue-line.ts'
import { readInput, utf8 } from './read-input.ts'

/**
 * Reads a flow file (`-`: stdin) and checks its structure.
 * @throws CliError when the file cannot be read
 */
export async function loadFlow(file: string, io: Io): Promise<ParsedFlow> {
  return flowIn(await readInput(file, io))
}

/**
 * Reads a flow file whose structure must be right; drafts pass.
 * @throws CliError with one line for each issue
 */
export async function loadDraft(file: string, io: Io): Promise<FlowDocument> {
  return draftIn(await readInput(file, io), file)
}

/** `loadDraft` for octets that are read already. */
export function draftIn(octets: Uint8Array, file: string): FlowDocument {
  const parsed = flowIn(octets)
  if (parsed.ok) return parsed.flow
  throw atFault(file, parsed.issues)
}

/**
 * Reads a flow file that must be sound, as publish, compile and simulate want it.
 * @throws CliError with one line for each issue
 */
export async function loadSoundFlow(file: string, io: Io): Promise<FlowDocument> {
  const flow = await loadDraft(file, io)
  const issues = analyseFlow(flow, registry)
  if (!isSound(issues)) throw atFault(file, issues)
  return flow
}

function flowIn(octets: Uint8Array): ParsedFlow {
  const text = utf8(octets)
  if (text !== undefined) return parseFlow(text, registry)
  const message = 'This document is not UTF-8 text: save it as UTF-8.'
  return { ok: false, issues: [{ code: 'flow/not-json', severity: 'error', kind: 'structure', path: '', message }] }
}

function atFault(file: string, issues: readonly Issue[]): CliError {
  return new CliError(exitCodes.input, issues.map((issue) => issueLine(file, issue)).join(''))
}

import type { StoredSession } from '@textloom/core'
import type { EventData, Passed } from '../../host/event-kinds.ts'
import type { Happening } from '../history.ts'

/** A node that a session entered or left. */
export interface Step {
  readonly at: string
  readonly node: string
  /** The flow of the node, where it is a called one. */
  readonly flow?: string
  /** Null where it was entered. */
  readonly exit: string | null
  readonly text?: string
}

/** An answer that a session recorded. */
export interface Recorded {
  readonly at: string
  readonly node: string
  readonly name: string
  readonly value: unknown
  readonly category?: string
}

/** The way of a session through its flow. */
export function pathIn(history: readonly Happening[]): Step[] {
  return history
    .filter(({ kind }) => kind === 'session.moved')
    .flatMap(({ at, data }) => (data as EventData['session.moved']).path.map((passed) => stepOf(at, passed)))
}

/** What the contact answered. */
export function resultsIn(history: readonly Happening[]): Recorded[] {
  return history
    .filter(({ kind }) => kind === 'result')
    .map(({ at, data }) => {
      const { run: _run, ...result } = data as EventData['result']
      return { at, ...result }
    })
}

/** What the innermost flow of a session remembers. */
export function variablesOf({ frames }: StoredSession): { name: string; value: unknown }[] {
  return Object.entries(frames.at(-1)?.snapshot.context.vars ?? {}).map(([name, value]) => ({ name, value }))
}

function stepOf(at: string, passed: Passed): Step {
  const flow = passed.flow === undefined ? {} : { flow: passed.flow }
  if ('enter' in passed) return { at, node: passed.enter, exit: null, ...flow }
  const { exit: node, handle, text } = passed
  return { at, node, exit: handle, ...flow, ...(text !== undefined && { text }) }
}

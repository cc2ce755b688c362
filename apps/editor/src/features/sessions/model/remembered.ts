import * as z from 'zod'
import { valueWords } from './session-words.ts'

const record = z.record(z.string(), z.unknown())
const stored = z.object({
  frames: z.array(
    z.object({
      snapshot: z.object({
        context: z.object({
          vars: record,
          params: record,
          results: z.record(z.string(), z.object({ value: z.unknown() })),
        }),
      }),
    }),
  ),
})

/** One thing a conversation remembers. */
export interface Remembered {
  readonly name: string
  readonly value: string
  readonly isEmpty: boolean
  readonly from: 'variable' | 'given' | 'answer'
}

/** What the running flow remembers, by name; an answer that is a variable, too, is told once. */
export function rememberedBy(snapshot: unknown): readonly Remembered[] {
  const context = stored.safeParse(snapshot).data?.frames.at(-1)?.snapshot.context
  if (context === undefined) return []
  const { vars, params, results } = context
  const rows = [
    ...Object.entries(params).map(([name, value]) => row(name, value, 'given')),
    ...Object.entries(vars).map(([name, value]) => row(name, value, name in results ? 'answer' : 'variable')),
    ...Object.entries(results).flatMap(([name, { value }]) => (name in vars ? [] : [row(name, value, 'answer')])),
  ]
  return rows
}

function row(name: string, value: unknown, from: Remembered['from']): Remembered {
  return { name, value: valueWords(value), isEmpty: value === null || value === undefined, from }
}

/** What falls due: the step that stops waiting, or the end of the whole conversation. `nameOf` names a step. */
export function timerWords(id: string, nameOf: (node: string) => string): string {
  if (id === 'session.expiry') return 'The conversation expires'
  const node = /^xstate\.after\.\d+\.[^.]+\.([^.]+)/.exec(id)?.[1]
  return node === undefined ? 'A timer' : `${nameOf(node)} stops waiting`
}

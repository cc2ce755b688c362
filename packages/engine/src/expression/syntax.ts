import type { ASTNode } from '@marcbachmann/cel-js'

/** A part of an expression and where it stands, in UTF-16 code units from its beginning. */
export type Syntax = ASTNode

/** A stretch of an expression. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** The parts that a part is made of. */
export function partsOf({ args }: Syntax): readonly Syntax[] {
  return nodesIn(args)
}

/** A part and all that it is made of, outermost first. */
export function* withParts(part: Syntax): Generator<Syntax> {
  yield part
  for (const inner of partsOf(part)) yield* withParts(inner)
}

/** What is called: its name and, for a method, what it is called on. */
export interface Call {
  readonly name: string
  readonly on?: Syntax
  readonly args: readonly Syntax[]
}

/** A call, or undefined for every other part. */
export function callOf(part: Syntax): Call | undefined {
  if (part.op === 'call') return { name: part.args[0], args: part.args[1] }
  if (part.op === 'rcall') return { name: part.args[0], on: part.args[1], args: part.args[2] }
  return undefined
}

/** The names of a path such as `vars.order.id`; undefined when the part is no path. Ends before a computed index. */
export function pathOf(part: Syntax): readonly (string | number)[] | undefined {
  return readPath(part)?.names
}

interface Path {
  readonly names: readonly (string | number)[]
  /** False behind a computed index. */
  readonly goesOn: boolean
}

function readPath(part: Syntax): Path | undefined {
  if (part.op === 'id') return { names: [part.args], goesOn: true }
  if (part.op !== '.' && part.op !== '[]') return undefined
  const before = readPath(part.args[0])
  if (!before?.goesOn) return before
  const name = part.op === '.' ? part.args[1] : fixedIndex(part.args[1])
  return name === undefined ? { ...before, goesOn: false } : { names: [...before.names, name], goesOn: true }
}

function fixedIndex({ op, args }: Syntax): string | number | undefined {
  if (op !== 'value') return undefined
  return typeof args === 'bigint' ? Number(args) : typeof args === 'string' ? args : undefined
}

function nodesIn(args: unknown): readonly Syntax[] {
  if (Array.isArray(args)) return args.flatMap(nodesIn)
  return isNode(args) ? [args] : []
}

function isNode(value: unknown): value is Syntax {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value
}

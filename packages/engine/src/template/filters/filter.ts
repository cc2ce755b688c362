import type { ValueType } from '@textloom/core'
import type { Context, FilterImplOptions } from 'liquidjs'
import { environmentOf, type FilterEnvironment } from '../environment.ts'

/** What a filter can work with. A text that is written like a number or a date is one. */
export type FilterInput = 'anything' | 'text' | 'number' | 'date' | 'list' | 'text or list'

/** One filter that templates may use, with what the reference says about it. */
export interface TemplateFilter {
  /** How it is written behind its bar, with its arguments. */
  readonly usage: string
  /** What becomes of the value, in one sentence. */
  readonly summary: string
  /** Templates over the example values, and what they come to. The reference shows them and a test renders them. */
  readonly examples: readonly (readonly [template: string, text: string])[]
  readonly takes: FilterInput
  /** `same`: what it was given. */
  readonly gives: ValueType | 'same'
  readonly apply: FilterHandler
  /** Its result stands in a URL as it is. */
  readonly standsInUrls?: true
}

/** Filters by name, in the order of the reference. */
export type FilterGroup = { readonly [name: string]: TemplateFilter }

export type FilterHandler = Extract<FilterImplOptions, (...args: never[]) => unknown>
export type FilterThis = ThisParameterType<FilterHandler>

/** A filter as its file writes it: everything but how Liquid calls it. */
type Described = Omit<TemplateFilter, 'apply'>

/** What a filter is handed beside its value and arguments. */
export interface FilterTools extends FilterEnvironment {
  /** Counts characters and list items that the filter makes against the limit of the rendering. */
  charge(size: number): void
}

/** A filter that looks at its value and arguments only. */
export function pure(
  described: Described,
  of: (value: unknown, ...args: readonly unknown[]) => unknown,
): TemplateFilter {
  return {
    ...described,
    apply: (value: unknown, ...args: unknown[]) => of(value, ...args),
  }
}

/** A filter that knows the time, the contact's language and time zone, and chance, or makes as much as it is given. */
export function placed(
  described: Described,
  of: (tools: FilterTools, value: unknown, ...args: readonly unknown[]) => unknown,
): TemplateFilter {
  return {
    ...described,
    apply(this: FilterThis, value: unknown, ...args: unknown[]) {
      const { memoryLimit } = this.context as Context
      return of({ ...environmentOf(this.context), charge: (size) => memoryLimit.use(size) }, value, ...args)
    },
  }
}

/** Liquid's own filter of a name, described. */
export function liquids(described: Described, handler: unknown): TemplateFilter {
  return { ...described, apply: handler as FilterHandler }
}

/** Named arguments reach a filter as pairs behind the others. */
export function namedArguments(args: readonly unknown[]): ReadonlyMap<string, unknown> {
  return new Map(args.filter((arg): arg is [string, unknown] => Array.isArray(arg) && typeof arg[0] === 'string'))
}

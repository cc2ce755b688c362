import type * as z from 'zod'
import type { BudgetSettings } from './budget.ts'
import type { LateQuestionSettings } from './late-questions.ts'
import type { Link, LinkHost } from './link.ts'

/** What a kind of link can carry, for the editor and the checks before publishing. */
export interface Capabilities {
  readonly dlr: boolean
  /** May the sender be a word? */
  readonly alphanumericSender: boolean
  readonly media: boolean
}

/** The settings of a link that its host acts on. */
export type HostedSettings = BudgetSettings & LateQuestionSettings

/** One kind of link: a folder in packages/transports, one line in its registry. */
export interface TransportType<Config extends HostedSettings = HostedSettings> {
  /** `kind` in TEXTLOOM_CONFIG and `/links`. */
  readonly kind: string
  /**
   * The link's own settings, without `id` and `kind`, but with `budgetSettings`; `.meta()` carries labels and
   * `secret: true` where one is.
   */
  readonly config: z.ZodType<Config>
  readonly capabilities: Capabilities
  /**
   * Who the network counts the messages of such a link against, such as a host and a user: links of the same account
   * share what it may send. Absent, or undefined, where each link is counted by itself.
   */
  account?(config: Config): string | undefined
  /** Makes a link that does nothing until started. */
  open(linkId: string, config: Config, host: LinkHost): Link
}

/** A transport with its config type erased, as registries hold them. */
// biome-ignore lint/suspicious/noExplicitAny: `Config` stands in an argument, so only `any` lets different transports share a list
export type AnyTransportType = TransportType<any>

/** The transports a runtime knows, by kind. */
export type TransportRegistry = ReadonlyMap<string, AnyTransportType>

/** Declares a transport; exists so that `Config` is inferred from the schema. */
export function defineTransport<Config extends HostedSettings>(
  transport: TransportType<Config>,
): TransportType<Config> {
  return transport
}

/** Makes a registry of a list of transports; two of one kind are a programming error. */
export function transportRegistry(types: readonly AnyTransportType[]): TransportRegistry {
  const registry = new Map<string, AnyTransportType>()
  for (const transport of types) {
    if (registry.has(transport.kind)) throw new Error(`Two transports are of kind "${transport.kind}".`)
    registry.set(transport.kind, transport)
  }
  return registry
}

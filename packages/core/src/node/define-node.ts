import type * as z from 'zod'
import type { ContactChange } from '../contact.ts'
import type { Issue } from '../issue.ts'
import type { Json, JsonObject } from '../json.ts'
import type { EffectTemplate } from '../session/effect.ts'
import type { TicketOutcome } from '../session/event.ts'
import type { Outcome } from '../session/outcome.ts'
import type { ActionRef, GuardRef, StateFragment, TransitionFragment } from './fragment.ts'
import type { Delay, Guard, Update } from './scope.ts'

/** The drawers of the palette, told apart by hue and icon. */
export type NodeFamily = 'start' | 'talk' | 'wait' | 'decide' | 'do' | 'people' | 'end'

/** What a session waits for while it rests in a node. */
export type WaitKind = 'reply' | 'time' | 'http' | 'agent'

/** An exit of a node. */
export interface Handle {
  readonly id: string
  /** What the canvas writes at the exit. */
  readonly label: string
  /** True when nothing can leave by it as the node stands, or leaving it open is harmless: no "open exit" issue. */
  readonly optional?: boolean
  /** True for the exit of those who do not reply in time; optional as long as nothing says how long to wait. */
  readonly silence?: boolean
}

/** A template in a node's data, for the analysis, the segment counter and translations. */
export interface TemplateField {
  /** Path within the node's data, for example `options[0].label`. */
  readonly path: string
  readonly template: string
  /** `message`: sent to the contact as it is. `value`: computed with. */
  readonly use: 'message' | 'value'
  /** Names that are known in this template only, for example `link` in the text of a tracked link. */
  readonly locals?: readonly string[]
  /** Those of `locals` without which the text is good for nothing, in any language. */
  readonly mustHold?: readonly string[]
  /** How often one visit of the node sends it; once when absent. */
  readonly times?: { readonly least: number; readonly most: number }
}

/** Words that the contact may use, which a language has its own for: a keyword, a label, the synonyms of an option. */
export interface WordsField {
  /** Path within the node's data, for example `options[0].synonyms`. */
  readonly path: string
  /** One text, or a list, which its translation writes with commas. */
  readonly words: string | readonly string[]
}

/** An expression in a node's data, for the analysis. */
export interface ExpressionField {
  /** Path within the node's data. */
  readonly path: string
  readonly expression: string
}

/** A flow that a node calls. */
export interface FlowCall {
  /** Path within the node's data. */
  readonly path: string
  readonly flow: string
  /** Names of the parameters handed over. */
  readonly params: readonly string[]
}

/** A group of contacts that a node names, and where in its data. */
export interface GroupUse {
  readonly path: string
  readonly group: string
  /** True where the group is made if it is not there. */
  readonly makes?: true
}

/** A queue for tickets that a node names. */
export interface QueueUse {
  /** Path within the node's data. */
  readonly path: string
  readonly queue: string
}

/** The types a variable can have. */
export type ValueType = 'text' | 'number' | 'boolean' | 'json'

/** What a node tells the analysis about variables. */
export interface VariableUse {
  readonly name: string
  /** Path within the node's data. */
  readonly path: string
  readonly type?: ValueType
  /** Whether what is written can be a value of that type; absent where only a run can tell. */
  readonly canBe?: (type: ValueType) => boolean
}

/** What `compile` is handed. Everything it returns is plain JSON. */
export interface CompileContext {
  readonly nodeId: string
  /** An action that asks the host for something; `node` is filled in. */
  effect(template: EffectTemplate): ActionRef
  /** A reference to one of the node type's own `guards`. */
  guard(name: string, params?: JsonObject): GuardRef
  /** A reference to one of the node type's own `updates`. */
  update(name: string, params?: JsonObject): ActionRef
  /** A key of `after` that is one of the node type's own `delays`, computed when the state is entered. */
  delay(name: string, params?: JsonObject): string
  /** Actions that change the contact, for the rest of this step too. Strings in `change` are templates. */
  changeContact(change: ContactChange): readonly ActionRef[]
  /** The node's data in each language of the flow: as the author wrote it first, then with its words translated. */
  readonly variants: readonly JsonObject[]
  /** Ends the session; belongs to the entry of a final state. */
  end(outcome: Outcome, label?: string): ActionRef
  /** The transition that leaves by a handle along its edge, or undefined when an optional handle has no edge. */
  leave(handle: string, more?: { guard?: GuardRef; actions?: readonly ActionRef[] }): TransitionFragment | undefined
  /** `leave` for handles that must be connected; throws for an open exit (analysis has refused the flow before). */
  exit(handle: string, more?: { guard?: GuardRef; actions?: readonly ActionRef[] }): TransitionFragment
  /** Milliseconds of an ISO 8601 duration that the schema has accepted. */
  durationMs(duration: string): number
  /** The declared type of a variable, for conversions; undefined when nothing declares it. */
  variableType(name: string): ValueType | undefined
}

/** A text that could start a flow. */
export interface StartText {
  readonly text: string
  /** The id of the channel it came by. */
  readonly channel?: string
  /** The groups of who wrote it. */
  readonly groups?: readonly string[]
}

/** Whom a start is for; what is empty or absent does not matter. */
export interface Audience {
  /** Ids of the channels on which it counts. */
  readonly channels?: readonly string[] | undefined
  /** In one of these. */
  readonly groups?: readonly string[] | undefined
  /** In none of these. */
  readonly exceptGroups?: readonly string[] | undefined
}

/** What is known of something that happened and may begin a flow. */
export interface Happening {
  /** The queue of a ticket that was closed. */
  readonly queue?: string
  /** How that ticket ended. */
  readonly outcome?: TicketOutcome
  /** What the contact agreed to be texted about; absent for texts at all. */
  readonly topic?: string
}

/** What can begin a flow: a text, a call by another flow, or something that happened. */
export type StartKind = 'mo' | 'api' | 'campaign' | 'call' | 'new-contact' | 'opt-in' | 'ticket-closed'

/**
 * What happens when a start meets a running session of another flow: it waits for its end, does not take place (a text
 * is then a reply to that session), or ends it.
 */
export type WhenBusy = 'queue' | 'skip' | 'interrupt'

/** One kind of node: a folder in packages/nodes, one line in its registry. */
export interface NodeType<Data = JsonObject> {
  /** Folder name, type id in documents, palette key, docs page. */
  readonly type: string
  /** Raised when `data` changes incompatibly; migrations lead from each version to the next. */
  readonly version: number
  readonly family: NodeFamily
  /** Palette name, for example "Ask a question". */
  readonly title: string
  /** One plain sentence for the palette. */
  readonly summary: string
  /** Name of a Tabler icon. */
  readonly icon: string
  /** Shape, limits and defaults of `data`; `.meta()` carries the labels the inspector shows. */
  readonly schema: z.ZodType<Data>
  handles(data: Data): readonly Handle[]
  compile(data: Data, context: CompileContext): StateFragment
  /** What the card on the canvas says. */
  describe(data: Data): { readonly title: string; readonly body: string }
  /** What a session in this node waits for; null when it never rests here. */
  readonly waits: WaitKind | null
  /** Whether a node of a type that waits does so as its data stands; absent: always. */
  rests?(data: Data): boolean
  /** Present on nodes that begin a flow. */
  readonly start?: {
    readonly on: StartKind
    /** How well a text fits, 0 for not at all; the highest score starts. For `mo` only. */
    score?(data: Data, mo: StartText): number
    /** Whom the start is for; absent: everybody. For `mo` only. */
    audience?(data: Data): Audience
    /** Whether this is what the start waits for; absent: always. For kinds other than `mo`. */
    wants?(data: Data, happening: Happening): boolean
    whenBusy(data: Data): WhenBusy
  }
  /** Exits by which the node lets a session pass only so often: a circle through one of them needs no wait. */
  readonly boundedExits?: readonly string[]
  /** Words of the contact within `data`, with their paths. */
  words?(data: Data): readonly WordsField[]
  /** Expressions within `data`, with their paths. */
  expressions?(data: Data): readonly ExpressionField[]
  /** Flows that this node calls. */
  calls?(data: Data): readonly FlowCall[]
  /** Queues that this node names. */
  queues?(data: Data): readonly QueueUse[]
  /** Groups of contacts that this node names. */
  groups?(data: Data): readonly GroupUse[]
  /** Templates within `data`, with their paths. */
  templates?(data: Data): readonly TemplateField[]
  /** Variables this node writes. */
  writes?(data: Data): readonly VariableUse[]
  /** Results this node records without keeping them in variables, by their names. */
  results?(data: Data): readonly VariableUse[]
  /** Fields of the contact that this node gives a value. */
  contactFields?(data: Data): readonly string[]
  /** Variables this node reads other than by templates. */
  reads?(data: Data): readonly VariableUse[]
  /** What else can be wrong with a node, beyond its schema (clashing words, empty ranges). Paths are within `data`. */
  check?(data: Data): readonly NodeIssue[]
  /** Pure functions that the machine names. */
  readonly guards?: { readonly [name: string]: Guard }
  readonly updates?: { readonly [name: string]: Update }
  readonly delays?: { readonly [name: string]: Delay }
}

/** An issue as a node type reports it: the analysis adds node and document path. */
export type NodeIssue = Pick<Issue, 'code' | 'severity' | 'message'> & { readonly path: string }

/** A node type with its data type erased, as registries hold them. */
// biome-ignore lint/suspicious/noExplicitAny: `Data` stands in both directions, so only `any` lets types with different data share a list
export type AnyNodeType = NodeType<any>

/** The node types a compiler, a validator or an editor knows, by type id. */
export type NodeRegistry = ReadonlyMap<string, AnyNodeType>

/** What a node's data is made of once its schema has read it: JSON, and `undefined` for optional fields left out. */
export type NodeValue = Json | undefined | readonly NodeValue[] | { readonly [key: string]: NodeValue }

/** Declares a node type; exists so that `Data` is inferred from the schema. */
export function defineNode<Data extends { readonly [key: string]: NodeValue }>(
  nodeType: NodeType<Data>,
): NodeType<Data> {
  return nodeType
}

/** Makes a registry of a list of node types; two with one name are a programming error. */
export function nodeRegistry(types: readonly AnyNodeType[]): NodeRegistry {
  const registry = new Map<string, AnyNodeType>()
  for (const nodeType of types) {
    if (registry.has(nodeType.type)) throw new Error(`Two node types are called "${nodeType.type}".`)
    registry.set(nodeType.type, nodeType)
  }
  return registry
}

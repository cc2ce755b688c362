import type { FlowNode, NodeRegistry, ValueType, VariableUse } from '@textloom/core'
import type { FieldMeta } from '@textloom/nodes'
import type { FlowState } from '../flow-state.ts'

/** A value that texts and rules of a flow can use. */
export interface FlowName {
  /** What a template writes: `vars.age`. */
  readonly path: string
  /** What a person reads: `age`. */
  readonly label: string
  readonly group: NameGroup
  readonly type: ValueType
  /** What counters and previews put in its place. */
  readonly sample: string
}

/** The drawers of the picker. */
export type NameGroup = 'Here' | 'Variables' | 'Parameters' | 'Answers' | 'Contact' | 'Reply' | 'Channel'

type Names = Pick<FlowState, 'variables' | 'params' | 'nodes' | 'languages'>

/** Every value that exists in a flow, those the author made first. */
export function flowNames(flow: Names, registry: NodeRegistry): readonly FlowName[] {
  const { variables = [], params = [], nodes, languages } = flow
  const fixed = (path: string, label: string, group: NameGroup, sample: string): FlowName => ({
    path,
    label,
    group,
    type: 'text',
    sample,
  })
  return [
    ...variables.map(({ name, type, default: usual }): FlowName => {
      const sample = usual === undefined || usual === null || usual === '' ? sampleOf(name, type) : plain(usual)
      return { path: `vars.${name}`, label: spaced(name), group: 'Variables', type, sample }
    }),
    ...params.map(
      ({ name, type }): FlowName => ({
        path: `params.${name}`,
        label: spaced(name),
        group: 'Parameters',
        type,
        sample: sampleOf(name, type),
      }),
    ),
    ...answersOf([...nodes.values()], registry).flatMap(({ name, type = 'text' }): FlowName[] => [
      {
        path: `results.${name}.value`,
        label: `answer ${spaced(name)}`,
        group: 'Answers',
        type,
        sample: sampleOf(name, type),
      },
      fixed(`results.${name}.category`, `choice made for ${spaced(name)}`, 'Answers', sampleOf('choice', 'text')),
    ]),
    fixed('contact.name', 'contact name', 'Contact', sampleOf('name', 'text')),
    fixed('contact.phone', 'contact phone', 'Contact', '+15550001'),
    fixed('contact.language', 'contact language', 'Contact', languages.base),
    ...contactFields([...nodes.values()], registry).map((name) =>
      fixed(`contact.fields.${name}`, `contact ${spaced(name)}`, 'Contact', sampleOf(name, 'text')),
    ),
    fixed('reply.text', 'the last reply', 'Reply', 'Yes please'),
    fixed('channel.address', 'our number', 'Channel', '+15550100'),
  ]
}

/** Values that only one field's texts can use. */
export function localNames({ locals = {} }: Pick<FieldMeta, 'locals'>): readonly FlowName[] {
  return Object.entries(locals).map(([path, { label, sample }]) => ({
    path,
    label,
    group: 'Here',
    type: 'text',
    sample,
  }))
}

/** What a person reads for a path, whether the flow has it or not: `vars.first_name` is `first name`. */
export function nameLabel(path: string, names: readonly FlowName[]): string {
  return names.find((name) => name.path === path)?.label ?? path
}

/** Plain words for the type of a value. */
export const typeWords: Readonly<Record<ValueType, string>> = {
  text: 'text',
  number: 'number',
  boolean: 'yes or no',
  json: 'any data',
}

function answersOf(nodes: readonly FlowNode[], registry: NodeRegistry): readonly VariableUse[] {
  const answers = new Map<string, VariableUse>()
  for (const { type, data } of nodes) {
    const nodeType = registry.get(type)
    if (!nodeType?.schema.safeParse(data).success) continue
    const keeps = nodeType.waits === 'reply' || nodeType.waits === 'agent'
    const uses = [...(keeps ? (nodeType.writes?.(data) ?? []) : []), ...(nodeType.results?.(data) ?? [])]
    for (const use of uses) if (!answers.has(use.name)) answers.set(use.name, use)
  }
  return [...answers.values()]
}

/** Fields of contacts are declared nowhere: those that the flow's own texts and nodes name are known. */
function contactFields(nodes: readonly FlowNode[], registry: NodeRegistry): readonly string[] {
  const text = JSON.stringify(nodes.map(({ data }) => data))
  const read = [...text.matchAll(/\bcontact\.fields\.([A-Za-z_]\w*)/g)].map(([, name = '']) => name)
  const written = nodes.flatMap(({ type, data }) => {
    const nodeType = registry.get(type)
    return nodeType?.schema.safeParse(data).success ? (nodeType.contactFields?.(data) ?? []) : []
  })
  return [...new Set([...read, ...written])].sort()
}

/** A value of about the length that real ones have. */
function sampleOf(name: string, type: ValueType): string {
  if (type === 'number') return '42'
  if (type === 'boolean') return 'true'
  return samples.find(([pattern]) => pattern.test(name))?.[1] ?? 'something'
}

const samples: readonly (readonly [RegExp, string])[] = [
  [/name/i, 'Alexandra'],
  [/date|day/i, 'Tuesday 6 May'],
  [/time|hour/i, '10:30'],
  [/place|address|street/i, '12 Park Road'],
  [/city|town/i, 'Rotterdam'],
  [/mail/i, 'alex@example.com'],
  [/url|link/i, 'https://example.com/a1b2'],
  [/code|order|number|id$/i, 'A1B2C3'],
]

function spaced(name: string): string {
  return name.replaceAll('_', ' ').trim() || name
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

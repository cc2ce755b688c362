import { type AnyNodeType, nodeRegistry } from '@textloom/core'
import { sampleFlow, sampleNodes } from '@textloom/core/testing'
import { expect, test } from 'vitest'
import { analyseFlow } from './analyse.ts'

/** The issues of the sample flow whose first message says `text`, where messages are more than they usually are. */
function issuesWhere(more: Partial<AnyNodeType>, text: string): string[] {
  const types = [...sampleNodes.values()].map((type) => (type.type === 'say' ? { ...type, ...more } : type))
  const flow = sampleFlow()
  const served = flow.nodes.find(({ type }) => type === 'say')
  if (served) served.data = { text }
  return analyseFlow(flow, nodeRegistry(types)).map(({ message }) => message)
}

const withLink: Partial<AnyNodeType> = {
  templates: ({ text }) => [{ path: 'text', template: text, use: 'message', locals: ['link'] }],
}
const recording: Partial<AnyNodeType> = { results: () => [{ name: 'lead', path: 'name' }] }

test.each([
  { text: 'See {{ link }}', more: withLink, issues: [] },
  { text: 'See {{ link | upcase }}', more: withLink, issues: [] },
  { text: 'See {{ link }}', more: {}, issues: [expect.stringContaining('uses link')] },
  { text: 'See {{ lnk }}', more: withLink, issues: [expect.stringContaining('uses lnk')] },
  { text: '{{ results.lead.value }}', more: recording, issues: [expect.stringContaining('nothing sets it')] },
  { text: '{{ results.lead.value }}', more: {}, issues: [expect.stringContaining('records a result "lead"')] },
])('the text "$text" has the issues $issues', ({ text, more, issues }) => {
  expect(issuesWhere(more, text)).toEqual(issues)
})

test.each([
  { rests: true, isCircle: false },
  { rests: false, isCircle: true },
])(
  'a circle through a node that waits is one without a wait: $isCircle, when it rests: $rests',
  ({ rests, isCircle }) => {
    const types = [...sampleNodes.values()].map((type) =>
      type.type === 'say' ? { ...type, waits: 'time' as const, rests: () => rests } : type,
    )
    const flow = sampleFlow()
    const say = flow.nodes.find(({ type }) => type === 'say')
    const out = flow.edges.find(({ source }) => source === say?.id)
    if (say && out) out.target = say.id
    const codes = analyseFlow(flow, nodeRegistry(types)).map(({ code }) => code)
    expect(codes.includes('flow/loop-without-wait')).toBe(isCircle)
  },
)

test.each([
  { boundedExits: undefined, isCircle: true },
  { boundedExits: [], isCircle: true },
  { boundedExits: ['next'], isCircle: false },
])(
  'a circle through an exit of a node that bounds $boundedExits is endless: $isCircle',
  ({ boundedExits, isCircle }) => {
    const types = [...sampleNodes.values()].map((type) =>
      type.type === 'say' && boundedExits ? { ...type, boundedExits } : type,
    )
    const flow = sampleFlow()
    const say = flow.nodes.find(({ type }) => type === 'say')
    const out = flow.edges.find(({ source }) => source === say?.id)
    if (say && out) out.target = say.id
    const codes = analyseFlow(flow, nodeRegistry(types)).map(({ code }) => code)
    expect(codes.includes('flow/loop-without-wait')).toBe(isCircle)
  },
)

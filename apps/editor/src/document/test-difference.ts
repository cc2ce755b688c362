import type { SavedTestFailure } from '@textloom/engine'

/** The first difference between what a test wants and what happened, as a sentence or two. */
export function differenceWords({ step, expected, got }: SavedTestFailure): string {
  if (expected === 'a step that can be played') return `Step ${step + 1} cannot be played: ${got}`
  return `Step ${step + 1}: ${wanted(expected)}, but ${happened(got)}.`
}

/** The first difference, each side by itself: what the test wants, and what came instead. */
export function differenceSides({ expected, got }: SavedTestFailure): {
  readonly expected: string
  readonly got: string
} {
  const wants = expected.startsWith('> ') ? `the contact goes on with ${input(expected.slice(2))}` : expected
  return { expected: wants.replace(/^a visit to node /, 'a visit to the step '), got: came(got.trim()) }
}

function came(line: string): string {
  if (line.startsWith('< ')) return `the text ${line.slice(2)}`
  if (line.startsWith('> ')) return `the contact goes on with ${input(line.slice(2))}`
  if (line.startsWith('end: ')) return `the end ${line.slice(5)}`
  if (line.startsWith('nodes ')) return `the steps ${line.slice(6)}`
  if (line.startsWith('waits for ')) return `a wait for ${line.slice(10)}`
  return line
}

function wanted(expected: string): string {
  if (expected === 'nothing more') return 'nothing more was to come'
  if (expected.startsWith('> ')) return `the contact was to go on with ${input(expected.slice(2))}`
  if (expected.startsWith('a visit to node '))
    return `the step ${expected.slice('a visit to node '.length)} was to be passed`
  return `${expected} was to come`
}

/** What came, out of a line of the transcript. */
function happened(got: string): string {
  const line = got.trim()
  if (line === 'nothing') return 'nothing came'
  if (line.startsWith('< ')) return `the text ${line.slice(2)} came`
  if (line.startsWith('> ')) return `the contact went on with ${input(line.slice(2))}`
  if (line.startsWith('end: ')) return `the conversation ended as ${line.slice(5)}`
  if (line.startsWith('nodes ')) return `it went through ${line.slice(6)}`
  if (line.startsWith('waits for ')) return `it ${line}`
  return `it was: ${line}`
}

function input(text: string): string {
  return text.startsWith('… ') ? text.slice(2) : text
}

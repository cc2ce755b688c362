import type { Json } from '../../json.ts'
import type { FlowNode } from '../document.ts'
import type { FlowChange, NodePlace, ValueChange } from './changes.ts'

/** Longest value that a sentence shows whole. */
const maxShown = 200

/** Changes as sentences, one or more for each; `describe` says what a node is, for example `Message "Hello"`. */
export function changeSentences(changes: readonly FlowChange[], describe: (node: FlowNode) => string): string[] {
  return changes.flatMap((change) => sentencesOf(change, describe))
}

function sentencesOf(change: FlowChange, describe: (node: FlowNode) => string): string[] {
  switch (change.kind) {
    case 'node-added':
      return [`Added ${change.node.id}: ${describe(change.node)}.`]
    case 'node-removed':
      return [`Removed ${change.node.id}: ${describe(change.node)}.`]
    case 'node-renamed':
      return [`Renamed ${change.from} to ${change.to}.`]
    case 'node-changed':
      return [
        ...(change.type ? [`${change.node}: its type was ${change.type.before}, is ${change.type.after}.`] : []),
        ...change.changes.map((one) => `${change.node}: ${valueSentence(one)}`),
      ]
    case 'node-moved':
      return [`Moved ${change.node} from ${placeText(change.from)} to ${placeText(change.to)}.`]
    case 'exit-connected': {
      const instead = change.instead === undefined ? '' : ` instead of ${change.instead}`
      return [`Connected ${change.node}.${change.exit} to ${change.to}${instead}.`]
    }
    case 'exit-disconnected':
      return [`Disconnected ${change.node}.${change.exit} from ${change.from}.`]
    case 'edge-changed':
      return change.changes.map((one) => `The edge from ${change.node}.${change.exit}: ${valueSentence(one)}`)
    case 'setting-changed':
      return change.changes.map((one) => `The flow: ${valueSentence(one)}`)
    case 'translation-changed': {
      const { language, key, kind: _kind, ...values } = change
      return [`In ${language}: ${valueSentence({ path: key, ...values })}`]
    }
    case 'test-added':
      return [`Added the test ${quoted(change.name)}.`]
    case 'test-removed':
      return [`Removed the test ${quoted(change.name)}.`]
    case 'test-changed':
      return change.changes.map((one) => `The test ${quoted(change.name)}: ${valueSentence(one)}`)
    case 'note-changed':
      return change.changes.map((one) => `The note ${change.note}: ${valueSentence(one)}`)
    case 'reordered':
      return [`The ${change.section} stand in another order.`]
  }
}

function valueSentence({ path, before, after }: ValueChange): string {
  const what = path === '' ? 'it' : path
  if (before === undefined) return `${what} is ${shown(after)} now.`
  if (after === undefined) return `${what} was ${shown(before)}, and is gone.`
  return `${what} was ${shown(before)}, is ${shown(after)}.`
}

function shown(value: Json | undefined): string {
  const text = JSON.stringify(value) ?? ''
  return text.length > maxShown ? `${text.slice(0, maxShown)}…` : text
}

function placeText({ position: { x, y }, parentId, width, height }: NodePlace): string {
  const size = width === undefined && height === undefined ? '' : `, ${width ?? 'any'} × ${height ?? 'any'}`
  return `(${x}, ${y}${size}${parentId === undefined ? '' : ` in ${parentId}`})`
}

function quoted(text: string): string {
  return JSON.stringify(text)
}

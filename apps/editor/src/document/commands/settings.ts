import type { FlowDocument, FlowParam, SavedTest } from '@textloom/core'
import type { FlowDraft } from './draft.ts'

/** Gives the flow another name. */
export function rename(draft: FlowDraft, name: string): void {
  if (name.trim() !== '') draft.name = name.trim().slice(0, 200)
}

/** Replaces the settings; a setting left out is the usual one. */
export function setSettings(draft: FlowDraft, settings: NonNullable<FlowDocument['settings']>): void {
  if (Object.keys(settings).length === 0) delete draft.settings
  else draft.settings = { ...settings }
}

/** Replaces the values that a session can be started with. */
export function setParams(draft: FlowDraft, params: readonly FlowParam[]): void {
  if (params.length > 0 || draft.params !== undefined) draft.params = structuredClone([...params])
}

/** Keeps a conversation with the flow; a name that is taken gets a number. Answers the name. */
export function addTest(draft: FlowDraft, test: SavedTest): string {
  const tests = draft.tests ?? []
  const taken = new Set(tests.map(({ name }) => name))
  let name = test.name
  for (let count = 2; taken.has(name); count++) name = `${test.name} (${count})`
  draft.tests = [...tests, { ...structuredClone(test), name }]
  return name
}

/** Takes a saved conversation out. */
export function removeTest(draft: FlowDraft, name: string): void {
  const left = (draft.tests ?? []).filter((test) => test.name !== name)
  if (left.length === 0) delete draft.tests
  else draft.tests = left
}

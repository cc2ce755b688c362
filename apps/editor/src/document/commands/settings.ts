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

/** Says which language the flow is written in; it is no longer one of the others then. */
export function setBaseLanguage(draft: FlowDraft, base: string): void {
  if (draft.languages.base === base) return
  draft.languages.base = base
  const others = draft.languages.others?.filter((language) => language !== base)
  if (others) draft.languages.others = others
}

/** Keeps a conversation with the flow; a name that is taken gets a number. Answers the name. */
export function addTest(draft: FlowDraft, test: SavedTest): string {
  const tests = draft.tests ?? []
  const name = freeName(test.name, tests)
  draft.tests = [...tests, { ...structuredClone(test), name }]
  return name
}

/** Gives a saved conversation another name; one that is taken gets a number, an empty one changes nothing. */
export function renameTest(draft: FlowDraft, from: string, to: string): void {
  const test = draft.tests?.find(({ name }) => name === from)
  const name = to.trim()
  if (!test || name === '' || name === from) return
  test.name = freeName(name, draft.tests ?? [])
}

/** Takes a saved conversation out. */
export function removeTest(draft: FlowDraft, name: string): void {
  const left = (draft.tests ?? []).filter((test) => test.name !== name)
  if (left.length === 0) delete draft.tests
  else draft.tests = left
}

function freeName(wanted: string, tests: readonly Pick<SavedTest, 'name'>[]): string {
  const taken = new Set(tests.map(({ name }) => name))
  let name = wanted
  for (let count = 2; taken.has(name); count++) name = `${wanted} (${count})`
  return name
}

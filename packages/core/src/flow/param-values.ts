import type { Json, JsonObject } from '../json.ts'
import { didYouMean } from '../nearest.ts'
import type { FlowParam } from './document.ts'

/**
 * What is wrong with the values that a session is to be started with: one sentence each, none when they fit the
 * declared params.
 */
export function paramProblems(declared: readonly FlowParam[], values: JsonObject): string[] {
  const names = declared.map(({ name }) => name)
  const unknown = Object.keys(values)
    .filter((name) => !names.includes(name))
    .map((name) => `The flow declares no param "${name}".${didYouMean(name, names)}`)
  const misfit = declared.flatMap(({ name, type, required }) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    if (value === undefined) return required ? [`The param "${name}" is required.`] : []
    return hasType(value, type) ? [] : [`The param "${name}" must be ${nouns[type]}, not ${JSON.stringify(value)}.`]
  })
  return [...unknown, ...misfit]
}

const nouns: Readonly<Record<FlowParam['type'], string>> = {
  text: 'a text',
  number: 'a number',
  boolean: 'true or false',
  json: 'JSON',
}

function hasType(value: Json, type: FlowParam['type']): boolean {
  return type === 'json' || typeof value === (type === 'text' ? 'string' : type)
}

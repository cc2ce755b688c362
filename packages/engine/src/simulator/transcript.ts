import type { SimulateInput } from '@textloom/core'
import type { SimulateOutput } from './output.ts'

/** A text between quotation marks, on one line. */
export function quoted(text: string): string {
  return JSON.stringify(text)
}

/** What came out, as a line of a conversation that people read. */
export function outputLine(output: SimulateOutput): string {
  switch (output.type) {
    case 'mt':
      return `< ${quoted(output.text)}`
    case 'result':
      return `  result ${output.name} = ${JSON.stringify(output.value)}`
    case 'contact':
      return `  consent ${output.consent}`
    case 'http':
      return `  ${output.method} ${output.url}${output.body === undefined ? '' : ` ${JSON.stringify(output.body)}`}`
    case 'ignored':
      return `  ignored: ${output.reason}`
    case 'error':
      return `  ${output.code}: ${output.message}`
    case 'wait':
      return `  waits for ${output.for}${output.until === null ? '' : ` until ${output.until}`} in ${output.node}`
    case 'end':
      return `  end: ${output.outcome}`
  }
}

/** What went in, as a line of a conversation that people read. */
export function inputLine(input: SimulateInput): string {
  if ('mo' in input) return `> ${quoted(input.mo)}`
  if ('advance' in input) return `> … ${input.advance} later`
  return `> ${JSON.stringify(input)}`
}

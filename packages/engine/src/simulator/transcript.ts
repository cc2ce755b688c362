import type { ContactChange, SimulateInput } from '@textloom/core'
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
      return `  contact ${changeText(output)}`
    case 'notify':
      return `  ${output.by} to ${output.to.join(', ')}: ${quoted(output.text)}`
    case 'ticket':
      return `  ticket in ${output.queue}: ${quoted(output.note)}`
    case 'flow':
      return 'entered' in output ? `  enters flow ${output.entered}` : `  leaves flow ${output.left}`
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

/** A change of the contact in words. */
export function changeText(change: ContactChange): string {
  if ('field' in change) return `field ${change.field} = ${JSON.stringify(change.value)}`
  if ('group' in change) return `group ${change.group} ${change.change}`
  if ('consent' in change) return `consent ${change.consent}${change.topic === undefined ? '' : ` for ${change.topic}`}`
  if ('language' in change) return `language = ${quoted(change.language)}`
  return 'name' in change ? `name = ${quoted(change.name)}` : `time zone = ${quoted(change.timezone)}`
}

/** What went in, as a line of a conversation that people read. */
export function inputLine(input: SimulateInput): string {
  if ('mo' in input) return `> ${quoted(input.mo)}`
  if ('advance' in input) return `> … ${input.advance} later`
  if ('link' in input) return '> opens the link'
  return `> ${JSON.stringify(input)}`
}

import type { NodeFamily } from '@textloom/core'
import type { Card, Picture } from './picture.ts'

/** Opening and closing brackets of Mermaid's shapes. */
const shapes: Readonly<Record<NodeFamily, readonly [string, string]>> = {
  start: ['([', '])'],
  talk: ['[', ']'],
  wait: ['{{', '}}'],
  decide: ['{', '}'],
  do: ['[[', ']]'],
  people: ['[/', '/]'],
  end: ['((', '))'],
}

/** A flow as a Mermaid flowchart, for pages that draw those. */
export function toMermaid({ cards }: Picture): string {
  const lines = ['flowchart TD']
  // Mermaid reserves words such as `end`, so nodes are numbered.
  for (const [index, card] of cards.entries()) lines.push(`  n${index}${shaped(card)}`)
  for (const [index, { exits }] of cards.entries()) {
    for (const { label, to } of exits) {
      if (to === undefined) continue
      lines.push(exits.length === 1 ? `  n${index} --> n${to}` : `  n${index} -->|${quoted(label)}| n${to}`)
    }
  }
  return `${lines.join('\n')}\n`
}

function shaped({ title, body, family }: Card): string {
  const [open, close] = shapes[family]
  return `${open}${quoted(body === '' ? title : `${title}: ${body}`)}${close}`
}

/** Mermaid takes entities where quotes, brackets or line ends would mean something. */
function quoted(text: string): string {
  const shortened = text.length > 120 ? `${text.slice(0, 119)}…` : text
  const safe = shortened.replace(/[#"<>&{}|[\]`\\]/g, (character) => `#${character.codePointAt(0)};`)
  return `"${safe.replace(/\r?\n/g, '<br/>')}"`
}

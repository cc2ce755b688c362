import type { Handle } from '@textloom/core'

/** A piece of a card's text: plain, a name that is filled in when the text is sent, or a condition around other pieces. */
export interface TextPiece {
  readonly text: string
  readonly kind: 'text' | 'name' | 'tag'
}

/** Lines at the end of a text that the exits below say again ("1. Hours", "• Hours") are left to the exits. */
export function withoutExitLines(body: string, exits: readonly Handle[]): string {
  const labels = new Set(exits.map(({ label }) => label.trim()))
  const lines = body.split('\n')
  while (lines.length > 1 && labels.has((lines.at(-1) ?? '').replace(/^(\d+\.|•)\s*/, '').trim())) lines.pop()
  return lines.join('\n').trimEnd()
}

/** Cuts a text into what is said, names such as `{{ vars.city }}`, shown as `city`, and tags such as `{% if … %}`. */
export function textPieces(text: string): TextPiece[] {
  return text
    .split(/(\{\{.*?\}\}|\{%.*?%\})/s)
    .filter((part) => part !== '')
    .map((part): TextPiece => {
      const [, tag] = /^\{%-?\s*(.*?)\s*-?%\}$/s.exec(part) ?? []
      if (tag !== undefined) return { text: tag, kind: 'tag' }
      const [, path] = /^\{\{-?\s*([\w.[\]]+)[^}]*\}\}$/.exec(part) ?? []
      return path === undefined ? { text: part, kind: 'text' } : { text: shortName(path), kind: 'name' }
    })
}

/** `vars.city` → `city`, `results.city.value` → `city`; other names as they are. */
function shortName(path: string): string {
  return path.replace(/^(vars|params|results)\./, '').replace(/\.value$/, '')
}

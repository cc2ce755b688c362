import type { Handle } from '@textloom/core'

/** A piece of a card's text: plain, or a name that is filled in when the text is sent. */
export interface TextPiece {
  readonly text: string
  readonly isName: boolean
}

/** Lines at the end of a text that the exits below say again ("1. Hours", "• Hours") are left to the exits. */
export function withoutExitLines(body: string, exits: readonly Handle[]): string {
  const labels = new Set(exits.map(({ label }) => label.trim()))
  const lines = body.split('\n')
  while (lines.length > 1 && labels.has((lines.at(-1) ?? '').replace(/^(\d+\.|•)\s*/, '').trim())) lines.pop()
  return lines.join('\n').trimEnd()
}

/** Cuts a text into what is said and names such as `{{ vars.city }}`, which a card shows as `city`. */
export function textPieces(text: string): TextPiece[] {
  return text
    .split(/(\{\{.*?\}\})/s)
    .filter((part) => part !== '')
    .map((part) => {
      const [, path] = /^\{\{-?\s*([\w.[\]]+)[^}]*\}\}$/.exec(part) ?? []
      return path === undefined ? { text: part, isName: false } : { text: shortName(path), isName: true }
    })
}

/** `vars.city` → `city`, `results.city.value` → `city`; other names as they are. */
function shortName(path: string): string {
  return path.replace(/^(vars|params|results)\./, '').replace(/\.value$/, '')
}

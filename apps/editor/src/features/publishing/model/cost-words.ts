import type { FlowCost } from '@textloom/engine'

/** What one conversation costs, in words. */
export function costWords({ least, most }: Pick<FlowCost, 'least' | 'most'>): string {
  if (most === 0) return 'nothing'
  if (least === most) return texts(most)
  return least === 0 ? `at most ${texts(most)}` : `${least} to ${texts(most)}`
}

/** The name of a language as people in this app read it; its tag where there is none. */
export function languageName(tag: string): string {
  return names.of(tag) ?? tag
}

const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' })

function texts(count: number): string {
  return count === 1 ? '1 text' : `${count} texts`
}

import type { Outcome, Size } from './scenario.ts'

/** How one bar went. */
export type Verdict = { readonly bar: string; readonly title: string } & (
  | { readonly verdict: 'skipped'; readonly reason: string }
  | ({
      readonly verdict: 'ok' | 'BROKEN'
      readonly seed: number
      readonly size: Size
      readonly seconds: number
    } & Outcome)
)

const WIDTH = 74
/** More say nothing new. */
const MOST_SENTENCES = 5

/** A line for people, and more of them where a bar is not held. */
export function lineOf(verdict: Verdict): string {
  const head = `${verdict.bar.padEnd(4)} ${verdict.title}`.padEnd(WIDTH)
  if (verdict.verdict === 'skipped') return `${head}  skipped: ${verdict.reason}`
  const figures = Object.entries(verdict.figures).map(([name, value]) => shown(name, value))
  const facts = [...figures, `${Math.round(verdict.seconds)} s`].join(', ')
  if (verdict.verdict === 'ok') return `${head}  ok  ${facts}`
  const { violations, ledger, bar, seed, size } = verdict
  const rest = violations.length - MOST_SENTENCES
  return [
    `${head}  BROKEN  ${facts}`,
    ...violations.slice(0, MOST_SENTENCES),
    ...(rest > 0 ? [`and ${rest} more.`] : []),
    ...(ledger === undefined ? [] : [`The ledger is kept at ${ledger}`]),
    `Replay with npm run chaos -- ${bar} --seed ${seed}${size === 'full' ? '' : ` --${size}`}`,
  ].join('\n     ')
}

/** `7 held, 0 broken, 1 skipped, in 150 s`: the last line of a run. */
export function totalOf(verdicts: readonly Verdict[]): string {
  const count = (wanted: Verdict['verdict']) => verdicts.filter(({ verdict }) => verdict === wanted).length
  const seconds = verdicts.reduce((sum, verdict) => sum + ('seconds' in verdict ? verdict.seconds : 0), 0)
  return `${count('ok')} held, ${count('BROKEN')} broken, ${count('skipped')} skipped, in ${Math.round(seconds)} s`
}

/** `sentAgain: 3` is `3 sent again`, `takeoverMs: 812` is `takeover 812 ms`. */
function shown(name: string, value: number): string {
  const words = name.replace(/Ms$/, '').replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  const number = Number(value.toPrecision(value < 100 ? 2 : 15)).toLocaleString('en-US')
  return name.endsWith('Ms') ? `${words} ${number} ms` : `${number} ${words}`
}

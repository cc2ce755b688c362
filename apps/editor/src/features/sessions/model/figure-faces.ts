import { spanText } from '../../../shared/words/moment.ts'

/** What the runtime counted over the last day. */
export interface Counted {
  readonly responseTime: { readonly count: number; readonly averageMs: number | null; readonly p95Ms: number | null }
  readonly conversations: { readonly ended: number; readonly share: number | null }
  readonly optOuts: number
}

/** One figure: a number to read from afar, and what it means. */
export interface FigureFace {
  readonly label: string
  readonly value: string
  readonly more: string
}

const NOTHING = '—'

/** The three figures; a dash where there is nothing to count yet. */
export function figureFaces(counted: Counted | undefined): readonly FigureFace[] {
  const { averageMs = null, p95Ms = null } = counted?.responseTime ?? {}
  const { share = null, ended = 0 } = counted?.conversations ?? {}
  const hasData = counted !== undefined && (counted.responseTime.count > 0 || ended > 0 || counted.optOuts > 0)
  return [
    {
      label: 'Time to the first answer',
      value: averageMs === null ? NOTHING : spanText(averageMs),
      more:
        p95Ms === null ? 'On average, from a text coming in' : `On average; ${spanText(p95Ms)} for the slowest 1 in 20`,
    },
    {
      label: 'Ended without a person',
      value: share === null ? NOTHING : `${Math.round(share * 100)} %`,
      more: ended === 0 ? 'Of all conversations that ended' : `Of ${ended.toLocaleString('en')} that ended`,
    },
    {
      label: 'Opted out',
      value: hasData ? counted.optOuts.toLocaleString('en') : NOTHING,
      more: counted?.optOuts === 1 ? 'Phone that said STOP' : 'Phones that said STOP',
    },
  ]
}

import type { KeywordRow, OtherwiseRow, ReplyTable, RowReply, RuleRow } from '@textloom/interop/autoresponder'
import { moved } from '../../../shared/rows/list-edits.ts'

/** The two lists of a table. */
export type Section = 'keywords' | 'rules'

/** A change of a table with its name in the history. */
export interface TableEdit {
  readonly label: string
  /** Edits with the same key, typed in one go, are one step. */
  readonly coalesce?: string
  readonly change: (table: ReplyTable) => ReplyTable
}

/** A new row for a keyword, at the end or behind another. */
export function addKeyword(id: string, after?: string): TableEdit {
  const row: KeywordRow = { id, keywords: [], match: 'exact', reply: '', channels: [] }
  return { label: 'Add a keyword', change: (table) => ({ ...table, keywords: inserted(table.keywords, row, after) }) }
}

/** A new row for texts or senders, at the end or behind another. */
export function addRule(id: string, after?: string): TableEdit {
  const row: RuleRow = { id, when: { kind: 'text', op: 'any-word', text: '' }, reply: '', channels: [] }
  return { label: 'Add a rule', change: (table) => ({ ...table, rules: inserted(table.rules, row, after) }) }
}

/** A reply for every text that no row is for. */
export function addOtherwise(id: string): TableEdit {
  const otherwise: OtherwiseRow = { id, reply: '', channels: [] }
  return { label: 'Answer any other text', change: (table) => ({ ...table, otherwise }) }
}

/** Takes a row out, with its translations. */
export function removeRow(id: string): TableEdit {
  return {
    label: 'Remove a row',
    change: ({ otherwise, ...table }) => ({
      keywords: table.keywords.filter((row) => row.id !== id),
      rules: table.rules.filter((row) => row.id !== id),
      ...(otherwise && otherwise.id !== id && { otherwise }),
    }),
  }
}

/** Moves a row within its list. */
export function moveRow(section: Section, from: number, to: number): TableEdit {
  return {
    label: 'Move a row',
    change: (table) =>
      section === 'keywords'
        ? { ...table, keywords: moved(table.keywords, from, to) }
        : { ...table, rules: moved(table.rules, from, to) },
  }
}

/** What of a row is changed; undefined takes an optional part away. */
export type RowChange = Partial<Pick<KeywordRow, 'keywords' | 'match'>> &
  Partial<Pick<RuleRow, 'when'>> &
  Partial<Pick<RowReply, 'reply' | 'channels'>> & {
    readonly hours?: RowReply['hours'] | undefined
    readonly closedReply?: string | undefined
  }

/** Changes a row; what is typed into one cell in one go is one step of the history. */
export function changeRow(id: string, change: RowChange): TableEdit {
  const [what = 'row'] = Object.keys(change)
  const apply = <Row extends RowReply>(row: Row): Row => (row.id === id ? changed(row, change) : row)
  return {
    label: `Change ${names[what] ?? 'a row'}`,
    coalesce: `table:${id}:${what}`,
    change: ({ keywords, rules, otherwise }) => ({
      keywords: keywords.map(apply),
      rules: rules.map(apply),
      ...(otherwise && { otherwise: apply(otherwise) }),
    }),
  }
}

const names: Readonly<Record<string, string>> = {
  keywords: 'the keywords',
  match: 'how the text must fit',
  when: 'what the text must be',
  reply: 'a reply',
  channels: 'the channels',
  hours: 'the hours',
  closedReply: 'the reply outside the hours',
}

/** Without hours there is no outside of them. */
function changed<Row extends RowReply>(row: Row, change: RowChange): Row {
  const whole = { ...row, ...change }
  const open = whole.hours === undefined ? { ...whole, closedReply: undefined } : whole
  return Object.fromEntries(Object.entries(open).filter(([, value]) => value !== undefined)) as unknown as Row
}

function inserted<Row extends RowReply>(rows: readonly Row[], row: Row, after: string | undefined): readonly Row[] {
  const index = rows.findIndex(({ id }) => id === after)
  return index < 0 ? [...rows, row] : rows.toSpliced(index + 1, 0, row)
}

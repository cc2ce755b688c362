import type { ReplyTable, RowReply } from '@textloom/interop/autoresponder'

/** The same table with every row that says what it said before being the object it was, so that it is not drawn again. */
export function shareRows(before: ReplyTable, now: ReplyTable): ReplyTable {
  const known = new Map<string, RowReply>(
    [...before.keywords, ...before.rules, ...(before.otherwise ? [before.otherwise] : [])].map((row) => [row.id, row]),
  )
  const share = <Row extends RowReply>(row: Row): Row => {
    const earlier = known.get(row.id)
    return earlier && JSON.stringify(earlier) === JSON.stringify(row) ? (earlier as Row) : row
  }
  return {
    keywords: now.keywords.map(share),
    rules: now.rules.map(share),
    ...(now.otherwise && { otherwise: share(now.otherwise) }),
  }
}

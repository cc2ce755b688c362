import { type ReadTable, readTable, writeTable } from '@textloom/interop/autoresponder'
import { useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import { toDocument } from '../../document/flow-state.ts'
import { useFlow, useFlowEditor } from '../../document/hooks.tsx'
import { randomId } from '../../document/new-id.ts'
import { type RowProblem, rowProblems } from './model/row-problems.ts'
import { shareRows } from './model/share-rows.ts'
import { addKeyword, addOtherwise, addRule, type Section, type TableEdit } from './model/table-edits.ts'

/** The open flow as a table, and the one way to change it. */
export interface OpenTable {
  readonly read: ReadTable
  readonly problems: ReadonlyMap<string, readonly RowProblem[]>
  edit(edit: TableEdit): void
  /** Adds a row, behind another where one is named; answers its id. */
  add(section: Section | 'otherwise', after?: string): string
}

/** Reads the table anew whenever the flow changes; rows that stay the same stay the same objects. */
export function useReplyTable(): OpenTable {
  const editor = useFlowEditor()
  const { registry } = editor
  const flow = useFlow((state) => state)
  const byNode = useStore(editor.problems, (state) => state.byNode)
  const earlier = useRef<ReadTable['table']>({ keywords: [], rules: [] })
  const read = useMemo(() => {
    const now = readTable(toDocument(flow))
    const table = shareRows(earlier.current, now.table)
    earlier.current = table
    return { ...now, table }
  }, [flow])
  const problems = useMemo(
    () => rowProblems(read, byNode, (id) => flow.nodes.get(id)?.type, registry),
    [read, byNode, flow.nodes, registry],
  )
  const deeds = useMemo(() => {
    const edit = ({ label, coalesce, change }: TableEdit) => {
      const document = toDocument(editor.document.getState().flow)
      const { table, beyond } = readTable(document)
      if (beyond.length > 0) return
      const info = { label, ...(coalesce !== undefined && { coalesce }) }
      editor.commands.become(writeTable(change(table), document), info)
    }
    const add = (section: Section | 'otherwise', after?: string) => {
      const id = randomId('reply')
      if (section === 'otherwise') edit(addOtherwise(id))
      else edit(section === 'keywords' ? addKeyword(id, after) : addRule(id, after))
      return id
    }
    return { edit, add }
  }, [editor])
  return useMemo(() => ({ read, problems, ...deeds }), [read, problems, deeds])
}

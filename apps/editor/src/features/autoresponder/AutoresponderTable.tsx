import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMemo, useRef, useState } from 'react'
import { useFlowEditor } from '../../document/hooks.tsx'
import { undoActions } from '../../document/undo-actions.ts'
import { useActions } from '../../shared/actions/use-actions.ts'
import '../../shared/ui/page.css'
import '../../shared/ui/table-view.css'
import '../../shared/ui/unseen.css'
import './autoresponder.css'
import { Beyond } from './Beyond.tsx'
import { KeywordCell } from './cells/KeywordCell.tsx'
import { RuleCell } from './cells/RuleCell.tsx'
import { changeRow, removeRow } from './model/table-edits.ts'
import { Row } from './Row.tsx'
import { Rows } from './Rows.tsx'
import { TableContext } from './table-context.ts'
import { useReplyTable } from './use-reply-table.ts'
import { useRevealedRow } from './use-revealed-row.ts'

/** The open flow as a table of replies: which text gets which. `onShow` leads to a step on the canvas. */
export function AutoresponderTable({ onShow }: { readonly onShow: (node: string) => void }) {
  const { document, isReadOnly } = useFlowEditor()
  const open = useReplyTable()
  const { read, problems, edit, add } = open
  const { keywords, rules, otherwise } = read.table
  const [fresh, setFresh] = useState<string>()
  const root = useRef<HTMLElement>(null)
  useActions(useMemo(() => (isReadOnly ? [] : undoActions(document)), [document, isReadOnly]))
  const context = useMemo(
    () => ({
      edit,
      fresh,
      addAfter: (section: 'keywords' | 'rules', after?: string) => setFresh(add(section, after)),
    }),
    [edit, add, fresh],
  )
  useRevealedRow(root, read.parts, onShow)
  const isLocked = isReadOnly || read.beyond.length > 0
  return (
    <TableContext value={context}>
      <section className="tl-table-view tl-answers" aria-label="Table of replies" data-undo="document" ref={root}>
        <div className="tl-table-sheet tl-answers-sheet">
          {read.beyond.length > 0 && <Beyond beyond={read.beyond} onShow={onShow} />}
          <fieldset disabled={isLocked}>
            <section aria-labelledby="replies-keywords">
              <header className="tl-answers-head">
                <h2 id="replies-keywords">Keywords</h2>
                <p>A text with a keyword gets its reply. Of several that fit, the closest wins, wherever it stands.</p>
              </header>
              <Rows section="keywords" rows={keywords} problems={problems}>
                {(row) => <KeywordCell row={row} />}
              </Rows>
              <Add onClick={() => context.addAfter('keywords')}>Add a keyword</Add>
            </section>
            <section aria-labelledby="replies-rules">
              <header className="tl-answers-head">
                <h2 id="replies-rules">Other texts and senders</h2>
                <p>For texts without a keyword. Tried from the top: the first that fits replies.</p>
              </header>
              <Rows section="rules" rows={rules} problems={problems}>
                {(row) => <RuleCell row={row} />}
              </Rows>
              <Add onClick={() => context.addAfter('rules')}>Add a text or sender</Add>
            </section>
            <section aria-labelledby="replies-rest">
              <header className="tl-answers-head">
                <h2 id="replies-rest">Any other text</h2>
                <p>
                  {otherwise
                    ? 'What nothing above is for.'
                    : rules.length > 0
                      ? 'What nothing above is for gets no reply from this flow.'
                      : 'What has no keyword is left to the other flows of the channel.'}
                </p>
              </header>
              {otherwise ? (
                <ol className="tl-paper tl-answers-rows">
                  <Row
                    row={otherwise}
                    name="any other text"
                    problems={problems.get(otherwise.id)}
                    onChange={(change) => edit(changeRow(otherwise.id, change))}
                    onRemove={() => edit(removeRow(otherwise.id))}
                  >
                    <p className="tl-answers-any">Any other text</p>
                  </Row>
                </ol>
              ) : (
                <Add onClick={() => setFresh(add('otherwise'))}>Answer any other text</Add>
              )}
            </section>
          </fieldset>
        </div>
      </section>
    </TableContext>
  )
}

function Add({ children, onClick }: { children: string; onClick: () => void }) {
  return (
    <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={15} aria-hidden />} onClick={onClick}>
      {children}
    </Button>
  )
}

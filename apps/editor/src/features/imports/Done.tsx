import { Button, Modal } from '@mantine/core'
import { IconArrowBackUp, IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { Figure } from './Checked.tsx'
import { counted } from './model/import-words.ts'
import type { Import, ImportDeed } from './use-imports.ts'

interface DoneProps {
  readonly item: Import
  readonly mayImport: boolean
  readonly isBusy: boolean
  onDeed(deed: ImportDeed): void
}

/** What an import did, what could not be imported, and the way back. */
export function Done({ item, mayImport, isBusy, onDeed }: DoneProps) {
  const [isAsking, setAsking] = useState(false)
  const { id, state, result, counts, undone, undoUntil } = item
  const refused = Object.values(counts?.refused ?? {}).reduce((sum, count) => sum + count, 0)
  return (
    <section className="tl-paper tl-import-card">
      <h2>{undone === null ? 'What was imported' : 'What was taken back'}</h2>
      {undone !== null ? (
        <dl className="tl-import-figures">
          <Figure count={undone.removed} what="removed" />
          <Figure count={undone.restored} what="as before" />
          <Figure count={undone.kept} what="changed since, kept" {...(undone.kept > 0 && { tone: 'bad' })} />
        </dl>
      ) : (
        result !== null && (
          <dl className="tl-import-figures">
            <Figure count={result.created} what="new" tone="good" />
            <Figure count={result.changed} what="changed" />
            <Figure count={result.same} what="as they were" />
            {result.consents > 0 && <Figure count={result.consents} what="consents recorded" />}
            <Figure count={refused} what="refused" {...(refused > 0 && { tone: 'bad' })} />
          </dl>
        )
      )}
      {state === 'cancelled' && <p>It was stopped on the way. Go on with the rest, or take back what was done.</p>}
      {result !== null && result.refusedConsents > 0 && (
        <p>{counted(result.refusedConsents, 'contact')} had opted out: their consent was not recorded.</p>
      )}
      <div className="tl-form-deeds">
        {refused > 0 && <Rows id={id} of="refused" says="Refused rows" />}
        {(undone?.kept ?? 0) > 0 && <Rows id={id} of="kept" says="What was kept" />}
        {mayImport && undoUntil !== null && (
          <Button
            variant="default"
            loading={isBusy}
            leftSection={<IconArrowBackUp size={17} aria-hidden />}
            onClick={() => setAsking(true)}
          >
            Undo
          </Button>
        )}
        {mayImport && state === 'cancelled' && undone === null && (
          <Button loading={isBusy} onClick={() => onDeed('run')}>
            Go on
          </Button>
        )}
      </div>
      {isAsking && (
        <Modal
          opened
          onClose={() => setAsking(false)}
          title="Take this import back?"
          closeButtonProps={{ 'aria-label': 'Close' }}
        >
          <p className="tl-form-lead">
            Contacts that it made and nobody touched since are removed, and what it changed is again what it was. What
            was changed since stays, and is listed.
          </p>
          <div className="tl-form-deeds">
            <Button variant="default" data-autofocus onClick={() => setAsking(false)}>
              Keep it
            </Button>
            <Button
              color="red"
              onClick={() => {
                setAsking(false)
                onDeed('undo')
              }}
            >
              Undo the import
            </Button>
          </div>
        </Modal>
      )}
    </section>
  )
}

function Rows({ id, of, says }: { id: string; of: 'refused' | 'kept'; says: string }) {
  return (
    <Button
      component="a"
      href={`/api/v1/imports/${id}/rows?of=${of}`}
      variant="default"
      leftSection={<IconDownload size={17} aria-hidden />}
    >
      {says}
    </Button>
  )
}

import { NativeSelect, Switch } from '@mantine/core'
import { delimiterChoices, encodingChoices } from './model/import-words.ts'
import type { ImportChange, ImportReading } from './use-imports.ts'

interface ReadingChoiceProps {
  readonly reading: ImportReading
  readonly isBusy: boolean
  onRead(reading: NonNullable<ImportChange['reading']>): void
}

/** How a file is read: found out, shown, and open to another choice. */
export function ReadingChoice({ reading, isBusy, onRead }: ReadingChoiceProps) {
  const { kind, encoding, isEncodingSure, delimiter, sheets, sheet, hasHeader } = reading
  const now = {
    ...(encoding !== null && { encoding }),
    ...(delimiter !== null && { delimiter }),
    ...(sheet !== null && { sheet }),
    hasHeader,
  }
  const read = (change: NonNullable<ImportChange['reading']>) => onRead({ ...now, ...change })
  return (
    <div className="tl-import-reading">
      {kind === 'csv' && (
        <>
          <NativeSelect
            label="Letters"
            description={isEncodingSure ? undefined : 'Likeliest: see that accents are right below.'}
            value={encoding ?? ''}
            disabled={isBusy}
            data={encodingChoices}
            onChange={({ currentTarget: { value } }) => read({ encoding: value })}
          />
          <NativeSelect
            label="Between values"
            value={delimiter ?? ''}
            disabled={isBusy}
            data={delimiterChoices}
            onChange={({ currentTarget: { value } }) => read({ delimiter: value })}
          />
        </>
      )}
      {sheets.length > 1 && (
        <NativeSelect
          label="Sheet"
          value={sheet ?? ''}
          disabled={isBusy}
          data={[...sheets]}
          onChange={({ currentTarget: { value } }) => read({ sheet: value })}
        />
      )}
      <Switch
        label="The first row names the columns"
        checked={hasHeader}
        disabled={isBusy}
        onChange={({ currentTarget: { checked } }) => read({ hasHeader: checked })}
      />
    </div>
  )
}

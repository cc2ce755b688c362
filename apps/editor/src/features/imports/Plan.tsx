import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { fieldListQuery, groupListQuery } from '../../shared/api/people-lists.ts'
import { Columns } from './Columns.tsx'
import { ReadingChoice } from './ReadingChoice.tsx'
import { Rules } from './Rules.tsx'
import type { Import, ImportChange, ImportRules } from './use-imports.ts'

interface PlanProps {
  readonly item: Import
  readonly mayImport: boolean
  readonly mayConsent: boolean
  readonly isBusy: boolean
  onRead(reading: NonNullable<ImportChange['reading']>): void
  onTry(mapping: readonly (string | null)[], rules: ImportRules): Promise<void>
}

const plainRules: ImportRules = {
  only: null,
  country: null,
  dates: 'dmy',
  empty: 'keep',
  groups: [],
  makeGroups: true,
  consent: null,
}

/** How a file is read, what its columns are for, and by which rules its rows become contacts. */
export function Plan({ item, mayImport, mayConsent, isBusy, onRead, onTry }: PlanProps) {
  const [mapping, setMapping] = useState<readonly (string | null)[]>(item.mapping)
  const [rules, setRules] = useState<ImportRules>(item.rules ?? plainRules)
  const fields = useQuery(fieldListQuery).data?.items ?? []
  const groups = useQuery(groupListQuery).data?.items ?? []
  const hasPhone = mapping.includes('phone')
  const lacksWords = rules.consent !== null && rules.consent.words.trim().length < 5
  const hint = hasPhone
    ? lacksWords
      ? 'Write where the consent comes from.'
      : undefined
    : 'Choose the column with the phone numbers.'
  return (
    <form
      className="tl-import-plan"
      onSubmit={(event) => {
        event.preventDefault()
        // Refusals are told by whoever keeps the import.
        onTry(mapping, rules).catch(() => undefined)
      }}
    >
      <fieldset disabled={!mayImport}>
        <section className="tl-paper tl-import-card">
          <h2>The file</h2>
          <ReadingChoice reading={item.reading} isBusy={isBusy} onRead={onRead} />
          <Columns item={item} mapping={mapping} fields={fields} onMapping={setMapping} />
        </section>
        <section className="tl-paper tl-import-card">
          <h2>How rows become contacts</h2>
          <Rules rules={rules} groups={groups} mayConsent={mayConsent} onRules={setRules} />
        </section>
      </fieldset>
      {mayImport && (
        <div className="tl-form-deeds">
          {hint !== undefined && <p className="tl-import-hint">{hint}</p>}
          <Button type="submit" loading={isBusy} disabled={hint !== undefined}>
            {item.state === 'checked' ? 'Try it again' : 'See what would happen'}
          </Button>
        </div>
      )}
    </form>
  )
}

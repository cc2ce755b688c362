import { NativeSelect } from '@mantine/core'
import { targetChoices } from './model/import-words.ts'
import type { Import } from './use-imports.ts'

interface ColumnsProps {
  readonly item: Import
  readonly mapping: readonly (string | null)[]
  readonly fields: readonly { readonly key: string; readonly title: string }[]
  onMapping(mapping: readonly (string | null)[]): void
}

/** Rows that are shown of each column. */
const SHOWN = 3

/** What each column is for, beside what stands in it. */
export function Columns({ item, mapping, fields, onMapping }: ColumnsProps) {
  const choices = targetChoices(fields)
  const taken = new Set(mapping.filter((target) => target !== null && target !== 'name'))
  return (
    <div className="tl-import-columns">
      <table>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">In it</th>
            <th scope="col">Is the contact’s</th>
          </tr>
        </thead>
        <tbody>
          {item.columns.map((name, column) => {
            const target = mapping[column] ?? ''
            const samples = item.rows.flatMap((cells) => (cells[column] ? [cells[column]] : [])).slice(0, SHOWN)
            return (
              // Columns have no identity but their place: names may repeat.
              <tr key={column} data-used={target !== '' || undefined}>
                <th scope="row">{name}</th>
                <td className="tl-import-samples">{samples.length === 0 ? '—' : samples.join(' · ')}</td>
                <td>
                  <NativeSelect
                    aria-label={`What ${name} is`}
                    value={target}
                    data={choices.map((choice) => ({
                      ...choice,
                      disabled: choice.value !== target && taken.has(choice.value),
                    }))}
                    onChange={({ currentTarget: { value } }) =>
                      onMapping(
                        item.columns.map((_name, at) => (at === column ? value || null : (mapping[at] ?? null))),
                      )
                    }
                  />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

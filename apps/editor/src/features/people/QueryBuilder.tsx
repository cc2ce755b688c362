import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core'
import { IconBookmark, IconPlus, IconX } from '@tabler/icons-react'
import { type FormEvent, useEffect, useState } from 'react'
import type { ContactField, Group } from '../../shared/api/people-lists.ts'
import { operatorsOf, type QueryRow, queryOfRows, rowsOf, type ValueKind } from './model/query-rows.ts'

interface QueryBuilderProps {
  readonly query: string
  readonly fields: readonly ContactField[]
  readonly groups: readonly Group[]
  /** Why the query cannot be asked. */
  readonly refusal: string | undefined
  onQuery(query: string): void
  /** Makes a group of whom the query finds; absent for who may not. */
  onSave?(query: string): void
}

/** A query as rows to choose from, and as the line of text that they stand for; either changes the other. */
export function QueryBuilder({ query, fields, groups, refusal, onQuery, onSave }: QueryBuilderProps) {
  const [line, setLine] = useState(query)
  const [rows, setRows] = useState(() => rowsOf(query))
  useEffect(() => {
    setLine(query)
    // A row that is not filled in yet is in no query, and stays all the same.
    setRows((before) => (before !== undefined && queryOfRows(before) === query ? before : rowsOf(query)))
  }, [query])

  const change = (next: readonly QueryRow[]) => {
    setRows(next)
    const written = queryOfRows(next)
    if (written !== query) onQuery(written)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onQuery(line.trim())
  }

  return (
    <section className="tl-paper tl-query" aria-label="Filter">
      {rows === undefined ? (
        <p className="tl-query-free">This query says more than rows can show. Change it as text, below.</p>
      ) : (
        <ul className="tl-query-rows">
          {rows.map((row, index) => (
            <QueryRowFields
              key={index}
              row={row}
              fields={fields}
              groups={groups}
              onChange={(next) => change(rows.with(index, next))}
              onRemove={() => change(rows.toSpliced(index, 1))}
            />
          ))}
          <li>
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconPlus size={14} aria-hidden />}
              onClick={() => change([...rows, { subject: 'name', operator: '~', value: '' }])}
            >
              {rows.length === 0 ? 'Add a condition' : 'And'}
            </Button>
          </li>
        </ul>
      )}
      <form className="tl-query-line" onSubmit={submit}>
        <TextInput
          aria-label="Query"
          placeholder='group = vip and field.city = "Pécs" and last-reply > -30d'
          spellCheck={false}
          autoCapitalize="off"
          value={line}
          error={refusal}
          onChange={({ currentTarget }) => setLine(currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={line.trim() === query}>
          Search
        </Button>
        {onSave && (
          <Button
            variant="default"
            leftSection={<IconBookmark size={16} aria-hidden />}
            disabled={query === '' || refusal !== undefined}
            onClick={() => onSave(query)}
          >
            Save as group
          </Button>
        )}
      </form>
      <details className="tl-query-help">
        <summary>What a query can say</summary>
        <dl>
          <div>
            <dt>
              <code>name ~ ann</code>
            </dt>
            <dd>
              a word of the name begins so; <code>phone ~ +36</code>: the number does
            </dd>
          </div>
          <div>
            <dt>
              <code>field.city = "Pécs"</code>
            </dt>
            <dd>
              by a field; <code>= none</code> where it has no value
            </dd>
          </div>
          <div>
            <dt>
              <code>last-reply &gt; -30d</code>
            </dt>
            <dd>wrote within 30 days; h, d, w, m and y, or a date such as 2026-03-01</dd>
          </div>
          <div>
            <dt>
              <code>consent(news) = in</code>
            </dt>
            <dd>agreed to a topic; in, out, pending or none; without a topic: to messages at all</dd>
          </div>
          <div>
            <dt>
              <code>not (group = vip or language = hu)</code>
            </dt>
            <dd>and, or, not and brackets</dd>
          </div>
        </dl>
      </details>
    </section>
  )
}

function QueryRowFields(props: {
  row: QueryRow
  fields: readonly ContactField[]
  groups: readonly Group[]
  onChange(row: QueryRow): void
  onRemove(): void
}) {
  const { row, fields, groups, onChange, onRemove } = props
  const kind = kindOf(row.subject, fields)
  const choices = choicesOf(row.subject, kind, fields, groups)
  const [value, setValue] = useState(row.value)
  useEffect(() => setValue(row.value), [row.value])
  const commit = () => {
    if (value !== row.value) onChange({ ...row, value })
  }
  return (
    <li>
      <NativeSelect
        aria-label="What"
        value={row.subject}
        data={subjectsFor(row.subject, fields)}
        onChange={({ currentTarget }) => {
          const subject = currentTarget.value
          const next = kindOf(subject, fields)
          const [first] = operatorsOf(next)
          onChange({ subject, operator: first?.value ?? '=', value: '' })
        }}
      />
      <NativeSelect
        aria-label="How"
        value={row.operator}
        data={operatorsOf(kind).map((one) => ({ ...one }))}
        onChange={({ currentTarget }) => onChange({ ...row, operator: currentTarget.value as QueryRow['operator'] })}
      />
      {choices === undefined ? (
        <TextInput
          aria-label="Value"
          placeholder={kind === 'moment' ? '-30d, today or 2026-03-01' : ''}
          value={value}
          onChange={({ currentTarget }) => setValue(currentTarget.value)}
          onBlur={commit}
          onKeyDown={({ key }) => key === 'Enter' && commit()}
        />
      ) : (
        <NativeSelect
          aria-label="Value"
          value={row.value}
          data={[{ value: '', label: 'Choose…' }, ...choices]}
          onChange={({ currentTarget }) => onChange({ ...row, value: currentTarget.value })}
        />
      )}
      <ActionIcon variant="subtle" color="gray" aria-label="Take this condition away" onClick={onRemove}>
        <IconX size={16} />
      </ActionIcon>
    </li>
  )
}

const subjects = [
  { value: 'name', label: 'Name' },
  { value: 'phone', label: 'Number' },
  { value: 'language', label: 'Language' },
  { value: 'timezone', label: 'Time zone' },
  { value: 'group', label: 'Group' },
  { value: 'consent', label: 'Consent' },
  { value: 'last-reply', label: 'Last wrote' },
  { value: 'created', label: 'Became a contact' },
] as const

function subjectsFor(subject: string, fields: readonly ContactField[]) {
  const all = [...subjects, ...fields.map(({ key, title }) => ({ value: `field.${key}`, label: title }))]
  return all.some(({ value }) => value === subject) ? all : [...all, { value: subject, label: subject }]
}

function kindOf(subject: string, fields: readonly ContactField[]): ValueKind {
  if (subject === 'group') return 'group'
  if (subject.startsWith('consent')) return 'consent'
  if (subject === 'created' || subject === 'last-reply') return 'moment'
  const type = fields.find(({ key }) => subject === `field.${key}`)?.type
  if (type === 'date') return 'moment'
  return type ?? 'text'
}

function choicesOf(subject: string, kind: ValueKind, fields: readonly ContactField[], groups: readonly Group[]) {
  switch (kind) {
    case 'group':
      return groups.map(({ id, title }) => ({ value: id, label: title }))
    case 'consent':
      return [
        { value: 'in', label: 'agreed' },
        { value: 'out', label: 'refused' },
        { value: 'pending', label: 'asked, not confirmed' },
        { value: 'none', label: 'nothing said' },
      ]
    case 'yes-no':
      return [
        { value: 'yes', label: 'yes' },
        { value: 'no', label: 'no' },
        { value: 'none', label: 'not known' },
      ]
    case 'choice':
      return fields.find(({ key }) => subject === `field.${key}`)?.choices ?? []
    default:
      return undefined
  }
}

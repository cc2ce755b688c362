import { Link } from '@tanstack/react-router'
import type { Json } from '@textloom/core'
import type { ContactField } from '../../shared/api/people-lists.ts'
import { ago } from '../../shared/words/ago.ts'
import { languageName } from '../../shared/words/language-name.ts'
import { valueText } from './model/timeline.ts'
import type { Person } from './use-people.ts'

/** One person of the list: who they are, what is kept of them, where they belong, when they last wrote. */
export function PersonRow(props: { person: Person; columns: readonly ContactField[]; nowMs: number }) {
  const { person, columns, nowMs } = props
  const { phone, name, language, fields, groups, optedOut, lastReplyAt } = person
  const known = fields as { readonly [key: string]: Json }
  return (
    <tr>
      <td>
        <Link to="/people/$phone" params={{ phone }} className="tl-person-link">
          <strong>{name ?? phone}</strong>
          <small>
            {[name === null ? undefined : phone, language && languageName(language)].filter(Boolean).join(' · ')}
          </small>
        </Link>
        {optedOut && (
          <span className="tl-chip" data-tone="bad">
            opted out
          </span>
        )}
      </td>
      {columns.map(({ key }) => (
        <td key={key} className="tl-people-field">
          {known[key] === undefined ? <span aria-hidden>–</span> : valueText(known[key])}
        </td>
      ))}
      <td className="tl-people-groups">
        {groups.slice(0, 3).map((group) => (
          <span key={group} className="tl-chip">
            {group}
          </span>
        ))}
        {groups.length > 3 && <small>and {groups.length - 3} more</small>}
      </td>
      <td className="tl-people-since">{lastReplyAt === null ? 'never' : ago(Date.parse(lastReplyAt), nowMs)}</td>
    </tr>
  )
}

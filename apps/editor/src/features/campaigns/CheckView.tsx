import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react'
import { languageName } from '../../shared/words/language-name.ts'
import { clockTime, dayName } from '../../shared/words/moment.ts'
import { lengthWords, money, people, reasonWords } from './model/campaign-words.ts'
import type { Check, Definition } from './use-campaigns.ts'

/** Everything that a pre-launch check found. */
export function CheckView({ check, definition }: { readonly check: Check; readonly definition: Definition }) {
  const { recipients, excluded, texts, segments, cost, finish, isLeast, isEstimate } = check
  const leftOut = Object.values(excluded).reduce((sum, count) => sum + count, 0)
  const perhaps = isLeast ? 'at least ' : isEstimate ? 'about ' : ''
  const hasTexts = definition.content.kind === 'message'
  return (
    <>
      {check.problems.map(({ code, message }) => (
        <p key={code + message} className="tl-form-error tl-check-note">
          <IconAlertTriangle size={17} aria-hidden /> {message}
        </p>
      ))}
      <dl className="tl-check-figures">
        <div>
          <dt>Get it</dt>
          <dd className="tl-check-figure">{recipients.toLocaleString('en')}</dd>
          <dd>{texts === recipients ? people(recipients) : `${texts.toLocaleString('en')} texts`}</dd>
        </div>
        <div>
          <dt>Left out</dt>
          <dd className="tl-check-figure">{leftOut.toLocaleString('en')}</dd>
          <dd>{leftOut === 0 ? 'Nobody' : people(leftOut)}</dd>
        </div>
        <div>
          <dt>Segments</dt>
          <dd className="tl-check-figure">{segments.toLocaleString('en')}</dd>
          <dd>
            {perhaps}
            {texts === 0 ? '0' : (segments / texts).toFixed(1).replace('.0', '')} for each text
          </dd>
        </div>
        <div>
          <dt>Cost</dt>
          <dd className="tl-check-figure">
            {cost.byPrefix.some(({ cost: one }) => one !== null) ? money(cost.total, cost.currency) : '–'}
          </dd>
          <dd>{cost.unpriced > 0 ? `no price for ${people(cost.unpriced)}` : `${perhaps || 'by the price list'}`}</dd>
        </div>
        <div>
          <dt>Takes</dt>
          <dd className="tl-check-figure">
            {finish.days > 1 ? `${finish.days} days` : finish.seconds === null ? '–' : lengthWords(finish.seconds)}
          </dd>
          <dd>
            {finish.perSecond === null
              ? 'as fast as the link takes it'
              : `${finish.perSecond} a second on ${finish.channel}`}
          </dd>
        </div>
      </dl>
      <ul className="tl-check-notes">{notes(check).map(noteItem)}</ul>
      {leftOut > 0 && (
        <section>
          <h3>Who is left out</h3>
          <table className="tl-check-table">
            <tbody>
              {Object.entries(excluded)
                .sort((a, b) => b[1] - a[1])
                .map(([reason, count]) => (
                  <tr key={reason}>
                    <th scope="row">{reasonWords(reason)}</th>
                    <td>{count.toLocaleString('en')}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </section>
      )}
      {check.languages.length > 0 && (
        <section>
          <h3>{hasTexts ? 'What they will read' : 'By language'}</h3>
          <ul className="tl-check-languages">
            {check.languages.map(({ language, recipients: count, least, most, unicode, sample }) => (
              <li key={language}>
                <header>
                  <strong>{languageName(language)}</strong>
                  <span>
                    {people(count)}, {least === most ? segmentsOf(most) : `${least} to ${segmentsOf(most)}`}
                    {hasTexts && `, ${encodingOf(unicode, count)}`}
                  </span>
                </header>
                {sample !== null && <blockquote>{sample}</blockquote>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {check.variants.length > 1 && (
        <section>
          <h3>Variants</h3>
          <table className="tl-check-table">
            <tbody>
              {check.variants.map(({ id, recipients: count }) => (
                <tr key={id}>
                  <th scope="row">Variant {id}</th>
                  <td>{count.toLocaleString('en')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {cost.byPrefix.length > 0 && (
        <section>
          <h3>Where it goes</h3>
          <table className="tl-check-table">
            <thead>
              <tr>
                <th scope="col">Prefix</th>
                <th scope="col">People</th>
                <th scope="col">Segments</th>
                <th scope="col">Cost</th>
              </tr>
            </thead>
            <tbody>
              {cost.byPrefix.slice(0, 12).map(({ prefix, name, recipients: count, segments: all, cost: one }) => (
                <tr key={prefix}>
                  <th scope="row">
                    {prefix} {name !== null && <small>{name}</small>}
                  </th>
                  <td>{count.toLocaleString('en')}</td>
                  <td>{all.toLocaleString('en')}</td>
                  <td>{one === null ? 'no price' : money(one, cost.currency)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  )
}

interface Note {
  readonly tone: 'good' | 'warn' | 'info'
  readonly text: string
}

function notes(check: Check): Note[] {
  const { firstAt, lastAt, blanks, missingLanguages, quiet, finish, segments } = check
  const found: Note[] = []
  if (firstAt !== null && lastAt !== null) {
    const [first, last] = [momentWords(firstAt), momentWords(lastAt)]
    found.push({
      tone: 'info',
      text: first === last ? `It leaves ${first}.` : `It leaves from ${first} to ${last}, by your clock.`,
    })
  }
  for (const { field, recipients } of blanks) {
    found.push({ tone: 'warn', text: `${field} is empty for ${people(recipients)}.` })
  }
  for (const { language, recipients } of missingLanguages) {
    found.push({
      tone: 'warn',
      text: `No text in ${languageName(language)} for ${people(recipients)}: they get another language.`,
    })
  }
  if (quiet.moved > 0) {
    found.push({
      tone: 'warn',
      text: `Quiet hours and holidays move ${quiet.moved === 1 ? '1 text' : `${quiet.moved} texts`}.`,
    })
  }
  if (quiet.unknownZone > 0) {
    found.push({
      tone: 'info',
      text: `The time zone of ${people(quiet.unknownZone)} is not known: every zone of their country counts for quiet hours.`,
    })
  }
  if (finish.dailyQuota !== null && segments > finish.dailyQuota) {
    found.push({
      tone: 'warn',
      text: `${finish.channel} sends ${finish.dailyQuota.toLocaleString('en')} segments a day at most.`,
    })
  }
  if (blanks.length + missingLanguages.length + quiet.moved === 0 && check.problems.length === 0) {
    found.push({ tone: 'good', text: 'No empty fields, no missing language, nothing in quiet hours.' })
  }
  return found
}

function noteItem({ tone, text }: Note) {
  const Icon = { good: IconCircleCheck, warn: IconAlertTriangle, info: IconInfoCircle }[tone]
  return (
    <li key={text} data-tone={tone}>
      <Icon size={17} aria-hidden /> {text}
    </li>
  )
}

function momentWords(at: string): string {
  const atMs = Date.parse(at)
  return `${dayName(atMs)}, ${clockTime(atMs)}`
}

function segmentsOf(count: number): string {
  return count === 1 ? '1 segment' : `${count} segments`
}

function encodingOf(unicode: number, count: number): string {
  if (unicode === 0) return 'GSM 7-bit'
  return unicode === count ? 'UCS-2' : `UCS-2 for ${people(unicode)}`
}

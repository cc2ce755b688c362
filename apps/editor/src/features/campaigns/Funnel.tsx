import { percent, reasonWords } from './model/campaign-words.ts'
import type { Campaign } from './use-campaigns.ts'

type Progress = Campaign['progress']

/** How many there are at each step, and who fell out why; where there are variants, one beside the other. */
export function Funnel({ progress }: { readonly progress: Progress }) {
  const { recipients, sent, delivered, replied, optedOut, planned, queued, variants } = progress
  const out = [...Object.entries(progress.skipped), ...Object.entries(progress.failed)].sort((a, b) => b[1] - a[1])
  const stages = [
    { label: 'People', count: recipients, of: recipients },
    { label: 'Sent', count: sent, of: recipients },
    { label: 'Delivered', count: delivered, of: sent },
    { label: 'Replied', count: replied, of: sent },
    { label: 'Opted out', count: optedOut, of: sent, tone: 'bad' as const },
  ]
  return (
    <section className="tl-paper tl-funnel" aria-label="How far it has come">
      <ol>
        {stages.map(({ label, count, of, tone }) => (
          <li key={label} data-tone={tone}>
            <span>{label}</span>
            <span className="tl-funnel-bar" aria-hidden>
              <i style={{ inlineSize: `${recipients === 0 ? 0 : (count / recipients) * 100}%` }} />
            </span>
            <strong>{count.toLocaleString('en')}</strong>
            <small>{label === 'People' ? '' : percent(count, of)}</small>
          </li>
        ))}
      </ol>
      <dl className="tl-funnel-rest">
        <div>
          <dt>Still to come</dt>
          <dd>{planned.toLocaleString('en')}</dd>
        </div>
        <div>
          <dt>On the way</dt>
          <dd>{queued.toLocaleString('en')}</dd>
        </div>
        {progress.cancelled > 0 && (
          <div>
            <dt>Cancelled</dt>
            <dd>{progress.cancelled.toLocaleString('en')}</dd>
          </div>
        )}
        {progress.possibleDuplicates > 0 && (
          <div>
            <dt>Perhaps twice</dt>
            <dd>{progress.possibleDuplicates.toLocaleString('en')}</dd>
          </div>
        )}
        {out.map(([reason, count]) => (
          <div key={reason}>
            <dt>{reasonWords(reason)}</dt>
            <dd>{count.toLocaleString('en')}</dd>
          </div>
        ))}
      </dl>
      {variants.length > 1 && (
        <table className="tl-check-table tl-funnel-variants">
          <thead>
            <tr>
              <th scope="col">Variant</th>
              <th scope="col">People</th>
              <th scope="col">Delivered</th>
              <th scope="col">Replied</th>
              <th scope="col">Opted out</th>
            </tr>
          </thead>
          <tbody>
            {variants.map((one) => (
              <tr key={one.id}>
                <th scope="row">{one.id}</th>
                <td>{one.recipients.toLocaleString('en')}</td>
                <td>{percent(one.delivered, one.sent)}</td>
                <td>{percent(one.replied, one.sent)}</td>
                <td>{percent(one.optedOut, one.sent)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

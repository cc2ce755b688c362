import { figureFaces } from './model/figure-faces.ts'
import { useFigures } from './use-sessions.ts'

/** How it is going: three figures of the last 24 hours. */
export function Figures() {
  const { isAllowed, counted } = useFigures()
  if (!isAllowed) return null
  return (
    <section aria-label="The last 24 hours">
      <dl className="tl-paper tl-figures">
        {figureFaces(counted).map(({ label, value, more }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="tl-figure">{value}</dd>
            <dd>{more}</dd>
          </div>
        ))}
      </dl>
      <p className="tl-figures-span">In the last 24 hours</p>
    </section>
  )
}

import { useAbout } from './use-settings.ts'

/** What this instance is, for a talk with whoever runs it. */
export function About() {
  const { data } = useAbout()
  return (
    <section className="tl-paper tl-setting">
      <header>
        <h2>About</h2>
      </header>
      {data && (
        <dl className="tl-about">
          <div>
            <dt>Version</dt>
            <dd>Textloom {data.version}</dd>
          </div>
          <div>
            <dt>Kept in</dt>
            <dd>{data.storage}</dd>
          </div>
          {[...data.reasons, ...data.warnings].map((sentence) => (
            <div key={sentence} data-tone="warn">
              <dt>To know</dt>
              <dd>{sentence}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  )
}

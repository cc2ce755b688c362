import { IconHistory } from '@tabler/icons-react'
import { MoreButton } from '../../shared/ui/MoreButton.tsx'
import { ErrorState, LoadingState } from '../../shared/ui/states.tsx'
import { ago } from '../../shared/words/ago.ts'
import { actorWords, deedFacts, deedWords } from './model/deed-words.ts'
import { useAuditTrail, useUsers } from './use-settings.ts'

/** Who did what, when and from where, the newest first. */
export function AuditTrail() {
  const deeds = useAuditTrail()
  const users = useUsers()
  const names = new Map(users.data?.items.map(({ id, name }) => [id, name]))
  const nameOf = (kind: string, id: string) => (kind === 'user' ? names.get(id) : undefined)
  return (
    <section className="tl-paper tl-setting">
      <header>
        <div>
          <h2>What was done</h2>
          <p>Sign-ins and every change of people, keys, flows, links and channels. Nothing takes a line away.</p>
        </div>
      </header>
      {deeds.isPending && <LoadingState what="what was done" />}
      {deeds.isLoadingError && <ErrorState error={deeds.error} retry={() => void deeds.refetch()} />}
      <ol className="tl-setting-list tl-deeds">
        {deeds.data?.pages
          .flatMap(({ items }) => items)
          .map((deed) => {
            const facts = [deedFacts(deed), deed.address && `from ${deed.address}`].filter(Boolean).join(' · ')
            return (
              <li key={deed.seq}>
                <IconHistory size={16} aria-hidden />
                <div>
                  <p>
                    <strong>{actorWords(deed)}</strong> {deedWords(deed, nameOf)}
                  </p>
                  {facts !== '' && <span>{facts}</span>}
                </div>
                <time dateTime={deed.at} title={moment.format(new Date(deed.at))}>
                  {ago(Date.parse(deed.at), deeds.dataUpdatedAt)}
                </time>
              </li>
            )
          })}
      </ol>
      <MoreButton list={deeds}>Show older ones</MoreButton>
    </section>
  )
}

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })

import { ActionIcon, Button, Menu, Modal, TextInput } from '@mantine/core'
import { IconArrowLeft, IconArrowsJoin2, IconDots, IconEraser, IconPencil, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { may, meQuery } from '../../shared/api/me.ts'
import { fieldListQuery, groupListQuery } from '../../shared/api/people-lists.ts'
import { FormEnd } from '../../shared/ui/FormEnd.tsx'
import { ErrorState, LoadingState } from '../../shared/ui/states.tsx'
import { languageName } from '../../shared/words/language-name.ts'
import { ConsentCard } from './ConsentCard.tsx'
import { valueText } from './model/timeline.ts'
import { PersonForm } from './PersonForm.tsx'
import './people.css'
import { Timeline } from './Timeline.tsx'
import { type Person, personDeeds, usePeopleDeed, usePerson } from './use-people.ts'
import './person.css'

/** One person: who they are, what they agreed to, and all that happened with them. */
export function PersonPage({ phone }: { readonly phone: string }) {
  const person = usePerson(phone)
  if (person.isPending) return <LoadingState what="the contact" />
  if (person.isLoadingError) {
    const named = { what: 'contact', way: <Link to="/people">All contacts</Link> }
    return <ErrorState error={person.error} retry={() => void person.refetch()} named={named} />
  }
  return <Opened person={person.data} />
}

type Asked = 'change' | 'merge' | 'remove' | 'erase'

function Opened({ person }: { readonly person: Person }) {
  const { phone, name, country, optedOut, createdAt } = person
  const { data: me } = useQuery(meQuery)
  const fields = useQuery(fieldListQuery).data?.items ?? []
  const groups = useQuery(groupListQuery).data?.items ?? []
  const [asked, setAsked] = useState<Asked>()
  const mayChange = may(me, 'contacts:write')
  const close = () => setAsked(undefined)
  return (
    <div className="tl-person">
      <Link to="/people" className="tl-back">
        <IconArrowLeft size={16} aria-hidden /> All contacts
      </Link>
      <header className="tl-person-head">
        <div>
          <h1>{name ?? phone}</h1>
          <p>
            {name !== null && <span className="tl-person-phone">{phone}</span>}
            {country !== null && <span>{countryName(country)}</span>}
            <span>a contact since {new Date(createdAt).toLocaleDateString('en-GB')}</span>
            {optedOut && (
              <span className="tl-chip" data-tone="bad">
                opted out
              </span>
            )}
          </p>
        </div>
        {mayChange && (
          <div className="tl-person-deeds">
            <Button
              variant="default"
              leftSection={<IconPencil size={16} aria-hidden />}
              onClick={() => setAsked('change')}
            >
              Change
            </Button>
            <Menu position="bottom-end">
              <Menu.Target>
                <ActionIcon variant="default" size={36} aria-label="More">
                  <IconDots size={18} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item leftSection={<IconArrowsJoin2 size={16} />} onClick={() => setAsked('merge')}>
                  Merge with another…
                </Menu.Item>
                <Menu.Item leftSection={<IconTrash size={16} />} onClick={() => setAsked('remove')}>
                  Remove from the list…
                </Menu.Item>
                <Menu.Item leftSection={<IconEraser size={16} />} color="red" onClick={() => setAsked('erase')}>
                  Erase for good…
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </div>
        )}
      </header>
      <div className="tl-person-columns">
        <div className="tl-person-side">
          <section aria-labelledby="details">
            <h2 id="details">Details</h2>
            <Details person={person} titles={fields} />
          </section>
          <ConsentCard person={person} mayChange={mayChange} />
        </div>
        <section aria-labelledby="history">
          <h2 id="history">History</h2>
          <Timeline phone={phone} titles={new Map(fields.map(({ key, title }) => [key, title]))} mayNote={mayChange} />
        </section>
      </div>
      {asked === 'change' && <PersonForm person={person} fields={fields} groups={groups} onClose={close} />}
      {asked === 'merge' && <MergeForm person={person} onClose={close} />}
      {(asked === 'remove' || asked === 'erase') && <Farewell person={person} deed={asked} onClose={close} />}
    </div>
  )
}

function Details({ person, titles }: { person: Person; titles: readonly { key: string; title: string }[] }) {
  const { language, timezone, guessedTimezone, groups, lastReplyAt } = person
  const fields = person.fields as { readonly [key: string]: Parameters<typeof valueText>[0] }
  const defined = titles.map(({ key }) => key)
  const others = Object.keys(fields).filter((key) => !defined.includes(key))
  return (
    <dl className="tl-paper tl-person-facts">
      <Fact name="Language">{language === null ? undefined : languageName(language)}</Fact>
      <Fact name="Time zone">
        {timezone ?? (guessedTimezone === null ? undefined : `${guessedTimezone}, by the number`)}
      </Fact>
      <Fact name="Last wrote">
        {lastReplyAt === null ? undefined : new Date(lastReplyAt).toLocaleDateString('en-GB')}
      </Fact>
      {titles.map(({ key, title }) => (
        <Fact key={key} name={title}>
          {fields[key] === undefined ? undefined : valueText(fields[key])}
        </Fact>
      ))}
      {others.map((key) => (
        <Fact key={key} name={key}>
          {valueText(fields[key])}
        </Fact>
      ))}
      <div>
        <dt>Groups</dt>
        <dd className="tl-person-groups">
          {groups.length === 0
            ? 'none'
            : groups.map((group) => (
                <Link key={group} to="/people" search={{ group }} className="tl-chip">
                  {group}
                </Link>
              ))}
        </dd>
      </div>
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: string | undefined }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd data-empty={children === undefined || undefined}>{children ?? 'not known'}</dd>
    </div>
  )
}

function MergeForm({ person, onClose }: { person: Person; onClose(): void }) {
  const [into, setInto] = useState('')
  const navigate = useNavigate()
  const merge = usePeopleDeed(() => personDeeds.merge(person.phone, into))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    merge.mutate(undefined, {
      onSuccess: ({ phone }) => void navigate({ to: '/people/$phone', params: { phone }, replace: true }),
    })
  }
  return (
    <Modal opened onClose={onClose} title="Merge with another" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form className="tl-form" onSubmit={submit}>
        <p className="tl-person-ask">
          The other contact stays, and learns what it does not know of {person.name ?? person.phone}: name, fields,
          groups and notes. Texts stay with their numbers. If one of them opted out, both did.
        </p>
        <TextInput
          label="Number of the contact that stays"
          type="tel"
          required
          withAsterisk={false}
          data-autofocus
          value={into}
          onChange={({ currentTarget }) => setInto(currentTarget.value)}
        />
        <FormEnd refusal={merge.error?.message} deed="Merge" isBusy={merge.isPending} onClose={onClose} />
      </form>
    </Modal>
  )
}

function Farewell({ person, deed, onClose }: { person: Person; deed: 'remove' | 'erase'; onClose(): void }) {
  const navigate = useNavigate()
  const gone = usePeopleDeed(() => personDeeds[deed](person.phone))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    gone.mutate(undefined, { onSuccess: () => void navigate({ to: '/people', replace: true }) })
  }
  const isErased = deed === 'erase'
  return (
    <Modal
      opened
      onClose={onClose}
      title={isErased ? 'Erase for good?' : 'Remove from the list?'}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form className="tl-form" onSubmit={submit}>
        <p className="tl-person-ask">
          {isErased
            ? 'Every text to and from this number goes, with all conversations, notes and consent. It cannot be undone. If they opted out, that stays known in a form that shows no number, and counts again if the number comes back.'
            : 'The name, fields, groups and notes go. What was said stays, and so does what they agreed to. If they write again, they are a contact again.'}
        </p>
        <FormEnd
          refusal={gone.error?.message}
          deed={isErased ? 'Erase' : 'Remove'}
          isBusy={gone.isPending}
          onClose={onClose}
        />
      </form>
    </Modal>
  )
}

const countries = new Intl.DisplayNames(['en'], { type: 'region' })

function countryName(code: string): string {
  return countries.of(code) ?? code
}

import { MultiSelect, NativeSelect, Select, Switch, Textarea, TextInput } from '@mantine/core'
import { countryChoices } from './model/countries.ts'
import type { ImportRules } from './use-imports.ts'

interface RulesProps {
  readonly rules: ImportRules
  readonly groups: readonly { readonly id: string; readonly title: string; readonly kind: string }[]
  readonly mayConsent: boolean
  onRules(rules: ImportRules): void
}

/** By which rules rows become contacts, and what everybody in the file agreed to. */
export function Rules({ rules, groups, mayConsent, onRules }: RulesProps) {
  const { consent } = rules
  const set = (change: Partial<ImportRules>) => onRules({ ...rules, ...change })
  const agree = (change: Partial<NonNullable<ImportRules['consent']>>) =>
    consent !== null && set({ consent: { ...consent, ...change } })
  return (
    <div className="tl-form">
      <div className="tl-form-pair">
        <Select
          label="Numbers without a country are of"
          placeholder="None: all begin with +"
          searchable
          clearable
          data={countryChoices()}
          value={rules.country}
          onChange={(country) => set({ country })}
        />
        <NativeSelect
          label="Contacts"
          value={rules.only ?? ''}
          data={[
            { value: '', label: 'Make new ones, change known ones' },
            { value: 'new', label: 'Only make new ones' },
            { value: 'existing', label: 'Only change known ones' },
          ]}
          onChange={({ currentTarget: { value } }) =>
            set({ only: value === '' ? null : (value as 'new' | 'existing') })
          }
        />
        <NativeSelect
          label="03/04/2026 is"
          value={rules.dates}
          data={[
            { value: 'dmy', label: '3 April' },
            { value: 'mdy', label: 'March 4' },
          ]}
          onChange={({ currentTarget: { value } }) => set({ dates: value as 'dmy' | 'mdy' })}
        />
        <NativeSelect
          label="An empty cell"
          value={rules.empty}
          data={[
            { value: 'keep', label: 'Changes nothing' },
            { value: 'clear', label: 'Clears what is known' },
          ]}
          onChange={({ currentTarget: { value } }) => set({ empty: value as 'keep' | 'clear' })}
        />
      </div>
      <MultiSelect
        label="Everybody joins"
        placeholder={rules.groups.length === 0 ? 'No group' : ''}
        data={groups.filter(({ kind }) => kind === 'static').map(({ id, title }) => ({ value: id, label: title }))}
        value={[...rules.groups]}
        onChange={(ids) => set({ groups: ids })}
      />
      <Switch
        label="Make groups that a column names and that are not there"
        checked={rules.makeGroups}
        onChange={({ currentTarget: { checked } }) => set({ makeGroups: checked })}
      />
      {mayConsent && (
        <div className="tl-form-group">
          <NativeSelect
            label="Consent"
            description="Somebody who opted out stays so, whatever a file says."
            value={consent?.state ?? ''}
            data={[
              { value: '', label: 'The file says nothing of it' },
              { value: 'in', label: 'Everybody in it agreed to be texted' },
              { value: 'out', label: 'Everybody in it opted out' },
            ]}
            onChange={({ currentTarget: { value } }) =>
              set({
                consent: value === '' ? null : { topic: '', words: '', ...consent, state: value as 'in' | 'out' },
              })
            }
          />
          {consent !== null && (
            <div className="tl-form">
              <TextInput
                label="About"
                placeholder="Messages at all"
                maxLength={64}
                value={consent.topic}
                onChange={({ currentTarget: { value } }) => agree({ topic: value })}
              />
              <Textarea
                label={consent.state === 'in' ? 'Where and how did they agree?' : 'Where does the list come from?'}
                placeholder="Form at the reception, signed in March 2026: “Text me about my appointments”"
                description="Goes into the ledger of consents as the proof, under your name."
                required
                withAsterisk={false}
                autosize
                minRows={2}
                maxLength={1000}
                value={consent.words}
                onChange={({ currentTarget: { value } }) => agree({ words: value })}
              />
            </div>
          )}
        </div>
      )}
    </div>
  )
}

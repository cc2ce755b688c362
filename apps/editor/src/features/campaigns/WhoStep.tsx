import { MultiSelect, Radio, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { groupListQuery } from '../../shared/api/group-list.ts'
import { phonesIn } from './model/new-campaign.ts'
import type { StepProps } from './step-props.ts'
import type { Definition } from './use-campaigns.ts'

/** Who it is for: groups, a search, phone numbers; and who of them has to have agreed. */
export function WhoStep({ definition, fields, isOff, change }: StepProps) {
  const { audience, consent } = definition
  const groups = useQuery(groupListQuery).data?.items ?? []
  const choices = (chosen: readonly string[] = []) => [
    ...groups.map(({ id, title }) => ({ value: id, label: title })),
    ...chosen.filter((id) => !groups.some((group) => group.id === id)).map((id) => ({ value: id, label: id })),
  ]
  const [phones, setPhones] = useState(() => (audience.phones ?? []).join('\n'))
  const put = (changed: { [name in keyof Definition['audience']]?: Definition['audience'][name] | undefined }) => {
    const kept = Object.entries({ ...audience, ...changed }).filter(([, value]) => value !== undefined && value !== '')
    change({ audience: Object.fromEntries(kept.filter(([, value]) => !Array.isArray(value) || value.length > 0)) })
  }
  const count = phonesIn(phones).length
  return (
    <div className="tl-form">
      <MultiSelect
        label="Groups"
        description="Contacts of any of them, each once."
        searchable
        nothingFoundMessage="No group of this name"
        disabled={isOff}
        value={[...(audience.groups ?? [])]}
        data={choices(audience.groups)}
        error={fields.get('audience')}
        onChange={(chosen) => put({ groups: chosen })}
      />
      <TextInput
        label="Search"
        description="Everybody who is like this, such as: field.city = Pécs and language = hu"
        disabled={isOff}
        value={audience.query ?? ''}
        onChange={({ currentTarget }) => put({ query: currentTarget.value })}
      />
      <Textarea
        label="Phone numbers"
        description="In any spelling, one a line; paste a column of a sheet. They need not be contacts."
        autosize
        minRows={4}
        maxRows={12}
        disabled={isOff}
        value={phones}
        onChange={({ currentTarget: { value } }) => {
          setPhones(value)
          put({ phones: phonesIn(value) })
        }}
      />
      {count > 0 && <p className="tl-form-count">{count === 1 ? '1 number' : `${count} numbers`}</p>}
      <MultiSelect
        label="But not"
        description="Groups whose members are left out."
        searchable
        nothingFoundMessage="No group of this name"
        disabled={isOff}
        value={[...(audience.except ?? [])]}
        data={choices(audience.except)}
        onChange={(except) => put({ except })}
      />
      <Radio.Group
        label="Consent"
        description="Whoever said STOP gets nothing in any case."
        value={consent}
        onChange={(value) => change({ consent: value as Definition['consent'] })}
      >
        <div className="tl-campaign-choices">
          <Radio
            value="agreed"
            label="Only who has agreed to texts"
            description="There is a record of it: when, where and in which words."
            disabled={isOff}
          />
          <Radio
            value="not-refused"
            label="Also who was never asked"
            description="For what they expect anyway: an appointment, an order, an emergency."
            disabled={isOff}
          />
        </div>
      </Radio.Group>
    </div>
  )
}

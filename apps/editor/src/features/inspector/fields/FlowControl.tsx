import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useFlow } from '../../../document/hooks.tsx'
import { flowListQuery } from '../../../shared/api/flow-list.ts'
import { type ControlProps, common } from './simple-fields.tsx'

/** Another flow of this instance, by its name. One that is not there any more stays named by its id. */
export function FlowControl({ value, onChange, ids }: ControlProps) {
  const self = useFlow((flow) => flow.id)
  const { data } = useQuery(flowListQuery(false))
  const chosen = typeof value === 'string' && value !== '' ? value : null
  const flows = (data?.items ?? []).filter(({ id }) => id !== self).map(({ id, name }) => ({ value: id, label: name }))
  const isKnown = chosen === null || flows.some((flow) => flow.value === chosen)
  return (
    <Select
      {...common(ids)}
      data={isKnown ? flows : [...flows, { value: chosen, label: chosen }]}
      value={chosen}
      searchable
      allowDeselect={false}
      checkIconPosition="right"
      placeholder="Choose a flow"
      nothingFoundMessage={data ? 'There is no other flow yet' : 'Looking for flows …'}
      comboboxProps={{ shadow: 'md' }}
      onChange={(next) => next !== null && onChange(next)}
    />
  )
}

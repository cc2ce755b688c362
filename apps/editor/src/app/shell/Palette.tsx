import { Spotlight, type SpotlightActionData } from '@mantine/spotlight'
import '@mantine/spotlight/styles.css'
import { IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useStore } from 'zustand'
import { type Action, actionRegistry } from '../../shared/actions/action-registry.ts'
import { KeyCaps } from '../../shared/ui/key-caps.tsx'
import { usePlaces } from './use-places.ts'

/** What every page has comes behind what the open one is for; nobody should sign out by an Enter too many. */
const lastGroups = ['Everywhere', 'Account']

/** The command palette: every place and every command by its name. */
export function Palette() {
  const navigate = useNavigate()
  const deeds = useStore(actionRegistry, (registry) => registry.actions)
  const places: SpotlightActionData[] = usePlaces().map(({ to, label, Icon }) => ({
    id: to,
    label: `Go to ${label}`,
    leftSection: <Icon size={18} aria-hidden />,
    onClick: () => void navigate({ to }),
  }))
  const commands = deeds.filter(({ isKeyOnly }) => !isKeyOnly)
  const ofGroup = (wanted: string) => commands.filter(({ group }) => group === wanted).map(deed)
  const ownGroups = [...new Set(commands.map(({ group }) => group))].filter((group) => !lastGroups.includes(group))
  const actions = [
    ...ownGroups.map((group) => ({ group, actions: ofGroup(group) })),
    { group: 'Places', actions: places },
    ...lastGroups.map((group) => ({ group, actions: ofGroup(group) })),
  ]
  return (
    <Spotlight
      actions={actions}
      shortcut="mod + K"
      attributes={{ content: { 'aria-label': 'Commands' } }}
      nothingFound="Nothing by that name."
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: 'Where to, or what to do?',
        'aria-label': 'Search commands',
      }}
    />
  )
}

/** A command of the page that is open; with nothing to do it to, it does nothing. */
function deed({ id, label, group, keys: [keys] = [], run, isOn }: Action): SpotlightActionData {
  return {
    id,
    label,
    keywords: [group],
    rightSection: keys !== undefined && <KeyCaps keys={keys} />,
    onClick: () => {
      if (isOn?.() ?? true) run()
    },
  }
}

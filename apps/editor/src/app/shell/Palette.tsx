import { Spotlight, type SpotlightActionData } from '@mantine/spotlight'
import '@mantine/spotlight/styles.css'
import { IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { destinations } from './destinations.ts'

/** The command palette: every place and every command by its name. */
export function Palette() {
  const navigate = useNavigate()
  const actions: SpotlightActionData[] = destinations.map(({ to, label, Icon }) => ({
    id: to,
    label: `Go to ${label}`,
    leftSection: <Icon size={18} aria-hidden />,
    onClick: () => void navigate({ to }),
  }))
  return (
    <Spotlight
      actions={actions}
      shortcut="mod + K"
      nothingFound="Nothing by that name."
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: 'Where to, or what to do?',
        'aria-label': 'Search commands',
      }}
    />
  )
}

import { IconMapQuestion } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { EmptyState } from '../shared/ui/states.tsx'

/** What stands at an address that leads nowhere. */
export function NoSuchPage() {
  return (
    <EmptyState
      icon={<IconMapQuestion size={28} />}
      title="There is no such page"
      action={<Link to="/flows">All flows</Link>}
    >
      The address may be mistyped, or from another version of Textloom.
    </EmptyState>
  )
}

import { Link } from '@tanstack/react-router'
import { MissingState } from '../shared/ui/states.tsx'

/** What stands at an address that leads nowhere. */
export function NoSuchPage() {
  return (
    <MissingState title="There is no such page" way={<Link to="/flows">All flows</Link>}>
      The address may be mistyped, or from another version of Textloom.
    </MissingState>
  )
}

import { SettingsPage } from '../features/settings/SettingsPage.tsx'
import { useSignOut } from './use-sign-out.ts'

/** `/settings`, with the way out. */
export function SettingsRoom() {
  return <SettingsPage onSignOut={useSignOut()} />
}

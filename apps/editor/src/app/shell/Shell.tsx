import { Tooltip, UnstyledButton } from '@mantine/core'
import { spotlight } from '@mantine/spotlight'
import { IconCommand } from '@tabler/icons-react'
import { Link, Outlet } from '@tanstack/react-router'
import { InboxCount } from './InboxCount.tsx'
import { LiveNote } from './LiveNote.tsx'
import { Notices } from './Notices.tsx'
import { Palette } from './Palette.tsx'
import { ShortcutHelp } from './ShortcutHelp.tsx'
import './shell.css'
import { ThemeSwitch } from './ThemeSwitch.tsx'
import { UserMenu } from './UserMenu.tsx'
import { usePlaces } from './use-places.ts'

/** The frame of every page: a rail of places on the left (at the foot on a phone), the page beside it. */
export function Shell() {
  const places = usePlaces()
  return (
    <div className="tl-shell">
      <a className="tl-skip" href="#page">
        Skip to the page
      </a>
      <nav className="tl-rail" aria-label="Main">
        <Link to="/" className="tl-mark" aria-label="Textloom, all flows">
          <img src="/favicon.svg" alt="" width={30} height={30} />
        </Link>
        <ul>
          {places.map(({ to, label, Icon }) => (
            <li key={to}>
              <Link to={to} className="tl-place" activeProps={{ 'aria-current': 'page' }}>
                <Icon size={21} stroke={1.7} aria-hidden />
                <span>{label}</span>
                {to === '/inbox' && <InboxCount />}
              </Link>
            </li>
          ))}
        </ul>
        <div className="tl-rail-foot">
          <Tooltip label="Go anywhere (Ctrl K)" position="right">
            <UnstyledButton className="tl-place" onClick={spotlight.open} aria-label="Open the command palette">
              <IconCommand size={20} stroke={1.7} aria-hidden />
            </UnstyledButton>
          </Tooltip>
          <ThemeSwitch />
          <UserMenu />
        </div>
      </nav>
      <main id="page" className="tl-page" tabIndex={-1}>
        <Outlet />
      </main>
      <LiveNote />
      <Notices />
      <Palette />
      <ShortcutHelp />
    </div>
  )
}

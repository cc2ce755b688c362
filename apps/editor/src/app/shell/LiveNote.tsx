import { IconCloudOff } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useLive, useLiveState } from '../../shared/api/live.ts'
import { may, meQuery } from '../../shared/api/me.ts'
import './live-note.css'

const PATIENCE_MS = 2_500

/** Keeps every page live, and says so when it cannot. */
export function LiveNote() {
  const { data: me } = useQuery(meQuery)
  useLive(useQueryClient(), may(me, 'events:read'))
  const state = useLiveState()
  const [isShown, setShown] = useState(false)
  useEffect(() => {
    if (state !== 'away') return setShown(false)
    const timer = setTimeout(() => setShown(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [state])
  return (
    <div role="status" className="tl-live-note" data-shown={isShown || undefined}>
      {isShown && (
        <>
          <IconCloudOff size={16} aria-hidden /> No connection. Trying again; what you see may be out of date.
        </>
      )}
    </div>
  )
}

import { Button } from '@mantine/core'
import { IconBroadcast } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useActions } from '../../shared/actions/use-actions.ts'
import { may, meQuery } from '../../shared/api/me.ts'
import { loadPart } from '../../shared/parts/load-part.ts'
import type { PublishProps } from './publishing.ts'

const PublishDrawer = lazy(() =>
  loadPart(() => import('./PublishDrawer.tsx')).then((module) => ({ default: module.PublishDrawer })),
)

/** Opens the drawer that puts the flow where people can text it. */
export function PublishButton({ worker, saving }: PublishProps) {
  const me = useQuery(meQuery)
  const [isOpen, setOpen] = useState(false)
  const canPublish = may(me.data, 'flows:write')
  const actions = useMemo(
    () => (canPublish ? [{ id: 'publish', label: 'Publish the flow', group: 'Flow', run: () => setOpen(true) }] : []),
    [canPublish],
  )
  useActions(actions)
  if (!canPublish) return null
  return (
    <>
      <Button
        className="tl-publish-button"
        leftSection={<IconBroadcast size={17} aria-hidden />}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        Publish
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <PublishDrawer worker={worker} saving={saving} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}

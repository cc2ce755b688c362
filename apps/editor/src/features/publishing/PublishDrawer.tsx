import { Drawer, Tabs } from '@mantine/core'
import { useState } from 'react'
import { useFlow } from '../../document/hooks.tsx'
import '../../shared/ui/page.css'
import { PublishForm } from './PublishForm.tsx'
import './publishing.css'
import { Published } from './Published.tsx'
import type { Done, PublishProps } from './publishing.ts'
import { Revisions } from './Revisions.tsx'
import { useRevisions } from './use-publishing.ts'

/** Puts the flow on channels, and shows what was there before. */
export function PublishDrawer({ worker, saving, onClose }: PublishProps & { onClose: () => void }) {
  const flow = useFlow(({ id }) => id)
  const revisions = useRevisions(flow)
  const [tab, setTab] = useState<string | null>('publish')
  const [done, setDone] = useState<Done>()
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={480}
      title="Publish"
      className="tl-publish"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {done !== undefined ? (
        <Published done={done} onClose={onClose} />
      ) : (
        <Tabs value={tab} onChange={setTab} keepMounted={false}>
          <Tabs.List>
            <Tabs.Tab value="publish">This version</Tabs.Tab>
            <Tabs.Tab value="revisions">Earlier versions</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="publish">
            <PublishForm
              worker={worker}
              saving={saving}
              latest={revisions.data?.pages[0]?.items[0]}
              onClose={onClose}
              onDone={setDone}
            />
          </Tabs.Panel>
          <Tabs.Panel value="revisions">
            <Revisions revisions={revisions} onRestored={onClose} />
          </Tabs.Panel>
        </Tabs>
      )}
    </Drawer>
  )
}

import { Button } from '@mantine/core'
import { IconArrowLeft, IconCopy, IconDownload, IconPlayerPause, IconPlayerPlay, IconX } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { clockTime, dayName } from '../../shared/words/moment.ts'
import { Answers } from './Answers.tsx'
import { Funnel } from './Funnel.tsx'
import { scheduleWords, stateFaces } from './model/campaign-words.ts'
import { Recipients } from './Recipients.tsx'
import { type Campaign, useCampaignDeeds } from './use-campaigns.ts'
import './campaign-editor.css'
import './campaign-results.css'

/** A campaign that was launched: how far it has come, and what can be done about it. */
export function CampaignLive({ campaign, mayWrite }: { readonly campaign: Campaign; readonly mayWrite: boolean }) {
  const { id, state, definition, progress, startedAt, endedAt, launchedBy, nextAt, trouble } = campaign
  const deeds = useCampaignDeeds(id)
  const { pause, resume, cancel, copy } = deeds
  const navigate = useNavigate()
  const [isEnding, setEnding] = useState(false)
  const { label, tone } = stateFaces[state]
  const failed = [pause, resume, cancel, copy].find(({ isError }) => isError)?.error
  const isOver = state === 'finished' || state === 'cancelled'
  return (
    <div className="tl-sheet">
      <Link to="/campaigns" className="tl-back">
        <IconArrowLeft size={16} aria-hidden /> Campaigns
      </Link>
      <header className="tl-page-head tl-campaign-head">
        <h1>{definition.name}</h1>
        <span className="tl-chip" data-tone={tone} role="status">
          {label}
        </span>
      </header>
      <p className="tl-campaign-facts">
        {[
          definition.alert === undefined ? undefined : 'Emergency alert',
          scheduleWords(definition),
          `on ${definition.channel}`,
          startedAt !== null && `begun ${momentOf(startedAt)}${launchedBy === null ? '' : ` by ${launchedBy}`}`,
          endedAt !== null && `ended ${momentOf(endedAt)}`,
          state === 'running' && nextAt !== null && `next ${momentOf(nextAt)}`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {trouble !== null && (
        <p className="tl-form-error" role="alert">
          {trouble}
        </p>
      )}
      {failed && (
        <p className="tl-form-error" role="alert">
          {failed.message}
        </p>
      )}
      <div className="tl-campaign-controls">
        {mayWrite && state === 'running' && (
          <Button
            variant="default"
            leftSection={<IconPlayerPause size={17} aria-hidden />}
            loading={pause.isPending}
            onClick={() => pause.mutate()}
          >
            Pause
          </Button>
        )}
        {mayWrite && state === 'paused' && (
          <Button
            leftSection={<IconPlayerPlay size={17} aria-hidden />}
            loading={resume.isPending}
            onClick={() => resume.mutate()}
          >
            Resume
          </Button>
        )}
        {mayWrite && !isOver && !isEnding && (
          <Button variant="default" leftSection={<IconX size={17} aria-hidden />} onClick={() => setEnding(true)}>
            Cancel the campaign
          </Button>
        )}
        {isEnding && !isOver && (
          <>
            <Button color="red" loading={cancel.isPending} onClick={() => cancel.mutate()}>
              Yes, end it for good
            </Button>
            <Button variant="default" onClick={() => setEnding(false)}>
              Keep it
            </Button>
          </>
        )}
        {mayWrite && (
          <Button
            variant="default"
            leftSection={<IconCopy size={17} aria-hidden />}
            loading={copy.isPending}
            onClick={() =>
              copy.mutate(undefined, {
                onSuccess: ({ id: copied }) =>
                  void navigate({ to: '/campaigns/$campaignId', params: { campaignId: copied } }),
              })
            }
          >
            Copy
          </Button>
        )}
        <Button
          component="a"
          variant="default"
          href={`/api/v1/campaigns/${id}/export`}
          download
          leftSection={<IconDownload size={17} aria-hidden />}
        >
          CSV
        </Button>
      </div>
      <Funnel progress={progress} />
      <Answers campaignId={id} replied={progress.replied} />
      <Recipients campaignId={id} isAlert={definition.alert !== undefined} />
    </div>
  )
}

function momentOf(at: string): string {
  const atMs = Date.parse(at)
  return `${dayName(atMs)}, ${clockTime(atMs)}`
}

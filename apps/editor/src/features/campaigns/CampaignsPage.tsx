import { Button } from '@mantine/core'
import { IconAlertTriangle, IconPlus, IconSpeakerphone } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { channelListQuery } from '../../shared/api/channel-list.ts'
import { may, meQuery } from '../../shared/api/me.ts'
import { MoreButton } from '../../shared/ui/MoreButton.tsx'
import '../../shared/ui/form.css'
import '../../shared/ui/page.css'
import { EmptyState, ErrorState, LoadingState } from '../../shared/ui/states.tsx'
import { ago } from '../../shared/words/ago.ts'
import './campaigns.css'
import { people, percent, scheduleWords, stateFaces } from './model/campaign-words.ts'
import { newAlert, newCampaign } from './model/new-campaign.ts'
import { type Campaign, campaignsQuery, useNewCampaign } from './use-campaigns.ts'

/** Texts and flows for many: what is being written, what goes out, and what came of it. */
export function CampaignsPage() {
  const campaigns = useInfiniteQuery(campaignsQuery)
  const { data: me } = useQuery(meQuery)
  const channels = useQuery(channelListQuery).data?.items ?? []
  const navigate = useNavigate()
  const create = useNewCampaign()
  const items = campaigns.data?.pages.flatMap((page) => page.items) ?? []
  const [first] = channels
  const channel = first && { id: first.id, language: first.languages?.[0] ?? 'en' }
  const mayWrite = may(me, 'campaigns:write') && channel !== undefined
  const begin = (make: typeof newCampaign) => {
    if (channel === undefined) return
    create.mutate(make(channel), {
      onSuccess: ({ id }) => void navigate({ to: '/campaigns/$campaignId', params: { campaignId: id } }),
    })
  }
  const deeds = mayWrite && (
    <>
      <Button
        variant="default"
        leftSection={<IconAlertTriangle size={17} aria-hidden />}
        loading={create.isPending}
        onClick={() => begin(newAlert)}
      >
        New alert
      </Button>
      <Button
        leftSection={<IconPlus size={17} aria-hidden />}
        loading={create.isPending}
        onClick={() => begin(newCampaign)}
      >
        New campaign
      </Button>
    </>
  )

  return (
    <div className="tl-sheet">
      <header className="tl-page-head">
        <h1>Campaigns</h1>
        {items.length > 0 && deeds}
      </header>
      {create.isError && (
        <p className="tl-form-error" role="alert">
          {create.error.message}
        </p>
      )}
      {campaigns.isPending ? (
        <LoadingState what="campaigns" />
      ) : campaigns.isLoadingError ? (
        <ErrorState error={campaigns.error} retry={() => void campaigns.refetch()} />
      ) : items.length === 0 ? (
        <EmptyState
          icon={<IconSpeakerphone size={28} />}
          title="Nothing has gone out to many yet"
          action={<div className="tl-campaign-first">{deeds}</div>}
        >
          A campaign sends a message, or begins a flow, with everybody it is for: at once, on some day, every week, or
          the evening before their appointment. Nothing leaves before you have seen who would get what.
        </EmptyState>
      ) : (
        <>
          <ul className="tl-paper tl-campaign-list">
            {items.map((campaign) => (
              <CampaignRow key={campaign.id} campaign={campaign} nowMs={campaigns.dataUpdatedAt} />
            ))}
          </ul>
          <MoreButton list={campaigns}>Older campaigns</MoreButton>
        </>
      )}
    </div>
  )
}

function CampaignRow({ campaign, nowMs }: { readonly campaign: Campaign; readonly nowMs: number }) {
  const { id, state, definition, progress, createdAt, startedAt, endedAt } = campaign
  const { label, tone } = stateFaces[state]
  const isDraft = state === 'draft' || state === 'requested'
  const gone = progress.recipients - progress.planned - progress.queued
  return (
    <li>
      <Link to="/campaigns/$campaignId" params={{ campaignId: id }} className="tl-campaign-row">
        <span className="tl-campaign-name">
          <strong>{definition.name}</strong>
          <small>
            {[
              definition.alert === undefined ? undefined : 'Alert',
              definition.content.kind === 'flow' ? 'Flow' : 'Message',
              `on ${definition.channel}`,
              scheduleWords(definition),
            ]
              .filter(Boolean)
              .join(' · ')}
          </small>
        </span>
        <span className="tl-campaign-count">
          {!isDraft && (
            <>
              <span className="tl-campaign-bar" aria-hidden>
                <i style={{ inlineSize: `${progress.recipients === 0 ? 0 : (gone / progress.recipients) * 100}%` }} />
              </span>
              <small>
                {people(progress.recipients)}, {percent(progress.replied, progress.sent)} replied
              </small>
            </>
          )}
        </span>
        <span className="tl-chip" data-tone={tone}>
          {label}
        </span>
        <small className="tl-campaign-when">
          {endedAt !== null
            ? `ended ${ago(Date.parse(endedAt), nowMs)}`
            : startedAt !== null
              ? `begun ${ago(Date.parse(startedAt), nowMs)}`
              : `written ${ago(Date.parse(createdAt), nowMs)}`}
        </small>
      </Link>
    </li>
  )
}

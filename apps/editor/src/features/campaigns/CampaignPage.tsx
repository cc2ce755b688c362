import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { may, meQuery } from '../../shared/api/me.ts'
import '../../shared/ui/form.css'
import '../../shared/ui/page.css'
import { ErrorState, LoadingState } from '../../shared/ui/states.tsx'
import { CampaignEditor } from './CampaignEditor.tsx'
import { CampaignLive } from './CampaignLive.tsx'
import './campaigns.css'
import { campaignQuery } from './use-campaigns.ts'

/** One campaign: while it is a draft, its editor; from its launch on, how far it has come. */
export function CampaignPage({ campaignId }: { readonly campaignId: string }) {
  const campaign = useQuery(campaignQuery(campaignId))
  const { data: me } = useQuery(meQuery)
  const mayWrite = may(me, 'campaigns:write')
  if (campaign.isPending) return <LoadingState what="the campaign" />
  if (!campaign.data) {
    return (
      <ErrorState
        error={campaign.error}
        retry={() => void campaign.refetch()}
        named={{ what: 'campaign', way: <Link to="/campaigns">All campaigns</Link> }}
      />
    )
  }
  const isDraft = campaign.data.state === 'draft' || campaign.data.state === 'requested'
  return isDraft ? (
    <CampaignEditor campaign={campaign.data} mayWrite={mayWrite} />
  ) : (
    <CampaignLive campaign={campaign.data} mayWrite={mayWrite} />
  )
}

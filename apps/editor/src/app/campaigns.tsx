import { useParams } from '@tanstack/react-router'
import { CampaignPage } from '../features/campaigns/CampaignPage.tsx'

/** `/campaigns/$campaignId`. */
export function CampaignDoor() {
  const { campaignId } = useParams({ from: '/shell/campaigns/$campaignId' })
  return <CampaignPage key={campaignId} campaignId={campaignId} />
}

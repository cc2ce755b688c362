export { campaignSchema } from './campaign-schema.ts'
export { insertCampaign, startCampaign } from './campaigns.ts'

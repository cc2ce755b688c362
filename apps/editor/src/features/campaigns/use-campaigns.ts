import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../shared/api/client.ts'
import { ask } from '../../shared/api/request.ts'
import { sendJson } from '../../shared/api/send-json.ts'

/** Every campaign, the newest first. */
export const campaignsQuery = infiniteQueryOptions({
  queryKey: ['campaigns'],
  queryFn: ({ pageParam }) =>
    ask(api.campaigns.$get({ query: { limit: '30', ...(pageParam !== '' && { cursor: pageParam }) } })),
  initialPageParam: '',
  getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
})

/** What `GET /campaigns/{id}` answers. */
export type Campaign = Awaited<ReturnType<NonNullable<ReturnType<typeof campaignQuery>['queryFn']>>>

/** What a campaign is, as people write it. */
export type Definition = Campaign['definition']

/** What a pre-launch check found. */
export type Check = NonNullable<Campaign['lastCheck']>

/** One campaign. While it runs its own events say when it has come further; where they do not arrive, it is asked. */
export function campaignQuery(id: string) {
  return queryOptions({
    queryKey: ['campaign', id],
    queryFn: () => ask(api.campaigns[':id'].$get({ param: { id } })),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? 5_000 : false),
  })
}

/** Its texts, as far as they are of one kind. */
export function recipientsQuery(id: string, filter: RecipientFilter | undefined) {
  return infiniteQueryOptions({
    queryKey: ['campaign', id, 'recipients', filter ?? 'all'],
    queryFn: ({ pageParam }) =>
      ask(
        api.campaigns[':id'].recipients.$get({
          param: { id },
          query: {
            limit: '50',
            ...(filter !== undefined && { filter }),
            ...(pageParam !== '' && { cursor: pageParam }),
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  })
}

/** Whom a list is narrowed to. */
export type RecipientFilter = 'planned' | 'delivered' | 'failed' | 'skipped' | 'replied' | 'opted-out' | 'silent'

/** What people answered. */
export function answersQuery(id: string) {
  return queryOptions({
    queryKey: ['campaign', id, 'answers'],
    queryFn: () => ask(api.campaigns[':id'].answers.$get({ param: { id } })),
  })
}

/** Everything that can be done with campaigns. */
export function useCampaignDeeds(id: string) {
  const queries = useQueryClient()
  const keep = (campaign: Campaign) => {
    queries.setQueryData(campaignQuery(id).queryKey, campaign)
    void queries.invalidateQueries({ queryKey: ['campaigns'] })
    void queries.invalidateQueries({ queryKey: ['campaign', id, 'recipients'] })
  }
  const renew = () => queries.invalidateQueries({ queryKey: ['campaign', id] })
  const ofCampaign = { param: { id } }
  return {
    save: useMutation({
      mutationFn: ({ definition, etag }: { definition: Definition; etag: string }) =>
        ask<Campaign>(
          fetch(`/api/v1/campaigns/${id}`, {
            method: 'PUT',
            headers: { 'content-type': 'application/json', 'if-match': etag },
            body: JSON.stringify(definition),
          }),
        ),
      onSuccess: keep,
    }),
    check: useMutation({ mutationFn: () => ask(api.campaigns[':id'].check.$post(ofCampaign)), onSuccess: renew }),
    launch: useMutation({
      mutationFn: (digest: string) => sendJson<Campaign>('POST', `/api/v1/campaigns/${id}/launch`, { digest }),
      onSuccess: keep,
      onError: renew,
    }),
    test: useMutation({
      mutationFn: (test: { to: string; variant: string }) =>
        sendJson<{ id: string; text: string | null }>('POST', `/api/v1/campaigns/${id}/test`, test),
    }),
    pause: useMutation({ mutationFn: () => ask(api.campaigns[':id'].pause.$post(ofCampaign)), onSuccess: keep }),
    resume: useMutation({ mutationFn: () => ask(api.campaigns[':id'].resume.$post(ofCampaign)), onSuccess: keep }),
    cancel: useMutation({ mutationFn: () => ask(api.campaigns[':id'].cancel.$post(ofCampaign)), onSuccess: keep }),
    copy: useMutation({
      mutationFn: () => ask(api.campaigns[':id'].copy.$post(ofCampaign)),
      onSuccess: () => queries.invalidateQueries({ queryKey: ['campaigns'] }),
    }),
    remove: useMutation({
      mutationFn: () => ask(api.campaigns[':id'].$delete(ofCampaign)),
      onSuccess: () => queries.invalidateQueries({ queryKey: ['campaigns'] }),
    }),
  }
}

/** Begins a draft. */
export function useNewCampaign() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (definition: object) => sendJson<Campaign>('POST', '/api/v1/campaigns', definition),
    onSuccess: (campaign) => {
      queries.setQueryData(campaignQuery(campaign.id).queryKey, campaign)
      void queries.invalidateQueries({ queryKey: ['campaigns'] })
    },
  })
}

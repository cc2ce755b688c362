import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { readInboxSearch } from '../features/inbox/model/inbox-search.ts'
import { readPeopleSearch } from '../features/people/model/people-search.ts'
import { readSessionSearch } from '../features/sessions/model/session-search.ts'
import { meQuery } from '../shared/api/me.ts'
import { ApiError } from '../shared/api/problem.ts'
import { loadPart } from '../shared/parts/load-part.ts'
import { readFlowSearch } from './flow/flow-view.ts'
import { NoSuchPage } from './NoSuchPage.tsx'
import { PageError } from './PageError.tsx'
import { queries } from './queries.ts'
import { Shell } from './shell/Shell.tsx'

const root = createRootRoute({ errorComponent: PageError })

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  beforeLoad: async ({ location }) => {
    await queries.ensureQueryData(meQuery).catch((error: unknown) => {
      if (error instanceof ApiError && error.problem.status === 401)
        throw redirect({ to: '/sign-in', search: { to: location.href } })
      throw error
    })
  },
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: ({ to }): { to: string } => ({
    to: typeof to === 'string' && /^\/(?![/\\])/.test(to) ? to : '/flows',
  }),
  component: lazyRouteComponent(() => loadPart(() => import('./doors.tsx')), 'SignInDoor'),
})

const setUp = createRoute({
  getParentRoute: () => root,
  path: '/set-up',
  validateSearch: ({ token }): { token: string } => ({ token: typeof token === 'string' ? token : '' }),
  component: lazyRouteComponent(() => loadPart(() => import('./doors.tsx')), 'SetUpDoor'),
})

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/flows' })
  },
})

const flows = createRoute({
  getParentRoute: () => shell,
  path: '/flows',
  component: lazyRouteComponent(() => loadPart(() => import('../features/flows/FlowsPage.tsx')), 'FlowsPage'),
})

const flow = createRoute({
  getParentRoute: () => shell,
  path: '/flows/$flowId',
  validateSearch: readFlowSearch,
  component: lazyRouteComponent(() => loadPart(() => import('./flow/FlowPage.tsx')), 'FlowPage'),
})

const phone = createRoute({
  getParentRoute: () => shell,
  path: '/phone',
  component: lazyRouteComponent(() => loadPart(() => import('../features/handset/PhonePage.tsx')), 'PhonePage'),
})

const inbox = createRoute({
  getParentRoute: () => shell,
  path: '/inbox',
  validateSearch: readInboxSearch,
  component: lazyRouteComponent(() => loadPart(() => import('./inbox.tsx')), 'InboxRoom'),
})

const noTicket = createRoute({
  getParentRoute: () => inbox,
  path: '/',
  component: lazyRouteComponent(() => loadPart(() => import('./inbox.tsx')), 'NoTicket'),
})

const ticket = createRoute({
  getParentRoute: () => inbox,
  path: '/$ticketId',
  component: lazyRouteComponent(() => loadPart(() => import('./inbox.tsx')), 'TicketDoor'),
})

const sessions = createRoute({
  getParentRoute: () => shell,
  path: '/sessions',
  component: lazyRouteComponent(() => loadPart(() => import('./sessions.tsx')), 'SessionsRoom'),
})

const sessionList = createRoute({
  getParentRoute: () => sessions,
  path: '/',
  validateSearch: readSessionSearch,
  component: lazyRouteComponent(() => loadPart(() => import('./sessions.tsx')), 'SessionsList'),
})

const deadLetters = createRoute({
  getParentRoute: () => sessions,
  path: '/dead-letters',
  component: lazyRouteComponent(
    () => loadPart(() => import('../features/dead-letters/DeadLettersPage.tsx')),
    'DeadLettersPage',
  ),
})

const session = createRoute({
  getParentRoute: () => shell,
  path: '/sessions/$sessionId',
  component: lazyRouteComponent(() => loadPart(() => import('./sessions.tsx')), 'SessionDoor'),
})

const campaigns = createRoute({
  getParentRoute: () => shell,
  path: '/campaigns',
  component: lazyRouteComponent(
    () => loadPart(() => import('../features/campaigns/CampaignsPage.tsx')),
    'CampaignsPage',
  ),
})

const campaign = createRoute({
  getParentRoute: () => shell,
  path: '/campaigns/$campaignId',
  component: lazyRouteComponent(() => loadPart(() => import('./campaigns.tsx')), 'CampaignDoor'),
})

const people = createRoute({
  getParentRoute: () => shell,
  path: '/people',
  component: lazyRouteComponent(() => loadPart(() => import('./people.tsx')), 'PeopleRoom'),
})

const peopleList = createRoute({
  getParentRoute: () => people,
  path: '/',
  validateSearch: readPeopleSearch,
  component: lazyRouteComponent(() => loadPart(() => import('./people.tsx')), 'PeopleList'),
})

const groups = createRoute({
  getParentRoute: () => people,
  path: '/groups',
  component: lazyRouteComponent(() => loadPart(() => import('../features/people/GroupsPage.tsx')), 'GroupsPage'),
})

const reviews = createRoute({
  getParentRoute: () => people,
  path: '/review',
  component: lazyRouteComponent(() => loadPart(() => import('../features/people/ReviewsPage.tsx')), 'ReviewsPage'),
})

const person = createRoute({
  getParentRoute: () => shell,
  path: '/people/$phone',
  component: lazyRouteComponent(() => loadPart(() => import('./people.tsx')), 'PersonDoor'),
})

const imports = createRoute({
  getParentRoute: () => people,
  path: '/import',
  component: lazyRouteComponent(() => loadPart(() => import('../features/imports/ImportsPage.tsx')), 'ImportsPage'),
})

const oneImport = createRoute({
  getParentRoute: () => shell,
  path: '/people/import/$importId',
  component: lazyRouteComponent(() => loadPart(() => import('../features/imports/ImportPage.tsx')), 'ImportPage'),
})

const channels = createRoute({
  getParentRoute: () => shell,
  path: '/channels',
  component: lazyRouteComponent(() => loadPart(() => import('../features/channels/ChannelsPage.tsx')), 'ChannelsPage'),
})

const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  component: lazyRouteComponent(() => loadPart(() => import('./settings.tsx')), 'SettingsRoom'),
})

const elsewhere = createRoute({ getParentRoute: () => shell, path: '$', component: NoSuchPage })

/** Every page of the app; pages load when first visited. */
export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    setUp,
    shell.addChildren([
      home,
      flows,
      flow,
      phone,
      elsewhere,
      inbox.addChildren([noTicket, ticket]),
      sessions.addChildren([sessionList, deadLetters]),
      session,
      campaigns,
      campaign,
      people.addChildren([peopleList, groups, reviews, imports]),
      person,
      oneImport,
      channels,
      settings,
    ]),
  ]),
  defaultPreload: 'intent',
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

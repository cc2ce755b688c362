import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { ErrorState } from '../shared/ui/states.tsx'
import { Shell } from './shell/Shell.tsx'

const root = createRootRoute({ errorComponent: ({ error, reset }) => <ErrorState error={error} retry={reset} /> })

const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell })

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
  component: lazyRouteComponent(() => import('../features/flows/FlowsPage.tsx'), 'FlowsPage'),
})

const flow = createRoute({
  getParentRoute: () => shell,
  path: '/flows/$flowId',
  component: lazyRouteComponent(() => import('./flow/FlowPage.tsx'), 'FlowPage'),
})

/** Every page of the app; pages load when first visited. */
export const router = createRouter({
  routeTree: root.addChildren([shell.addChildren([home, flows, flow])]),
  defaultPreload: 'intent',
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

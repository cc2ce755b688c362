import { OpenAPIHono } from '@hono/zod-openapi'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { requestId } from 'hono/request-id'
import { authenticate } from './access/authenticate.ts'
import { sameOrigin } from './access/same-origin.ts'
import { auditRoutes } from './audit/routes.ts'
import { auth } from './auth/routes.ts'
import { campaigns } from './campaigns/routes.ts'
import { channels } from './channels/routes.ts'
import { consent } from './consent/routes.ts'
import { contactExport } from './contact-export/routes.ts'
import { contacts } from './contacts/routes.ts'
import { deadLetters } from './dead-letters/routes.ts'
import { events } from './events/routes.ts'
import { fields } from './fields/routes.ts'
import { figures } from './figures/routes.ts'
import { flowActions } from './flows/actions.ts'
import { httpTry } from './flows/http-try.ts'
import { flows } from './flows/routes.ts'
import { groups } from './groups/routes.ts'
import { handset } from './handset/routes.ts'
import { health } from './health/routes.ts'
import { knowClient } from './http/client.ts'
import type { ApiEnv } from './http/env.ts'
import { answerErrors } from './http/errors.ts'
import { idempotency } from './http/idempotency.ts'
import { patience } from './http/patience.ts'
import { Problem, problemResponse } from './http/problem.ts'
import { readBody } from './http/read-body.ts'
import { recordRequests } from './http/request-log.ts'
import { secureHeaders } from './http/secure-headers.ts'
import { sayWhatIsWrong } from './http/validation.ts'
import { imports } from './imports/routes.ts'
import { inbound } from './in/routes.ts'
import { keys } from './keys/routes.ts'
import { links } from './links/routes.ts'
import { messages } from './messages/routes.ts'
import { metrics } from './metrics/routes.ts'
import { appPage, isAppIn, wantsAppPage } from './pages/app-files.ts'
import { pages } from './pages/routes.ts'
import { queues } from './queues/routes.ts'
import { schemas } from './schemas/routes.ts'
import type { ApiServices, ApiSettings } from './services.ts'
import { sessions } from './sessions/routes.ts'
import { templates } from './templates/routes.ts'
import { tickets } from './tickets/routes.ts'
import { trackedLinks } from './tracked-links/routes.ts'
import { users } from './users/routes.ts'
import { webhooks } from './webhooks/routes.ts'

/** Everything that is served on the port: the API, its description, and the pages. */
export function createApp(services: ApiServices, settings: ApiSettings) {
  const app: OpenAPIHono<ApiEnv> = new OpenAPIHono<ApiEnv>({ defaultHook: sayWhatIsWrong(() => app) })
  app.onError(answerErrors(services.log))
  const { appFolder } = settings
  app.notFound((c) => {
    if (isAppIn(appFolder) && wantsAppPage(c)) return appPage(appFolder, c)
    return problemResponse(
      c,
      new Problem('request/not-found', 'There is nothing at this path. /docs lists what there is.'),
    )
  })
  app.use(
    requestId({ generator: () => services.ids.next() }),
    recordRequests(services.log, services.metrics),
    secureHeaders,
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) =>
        problemResponse(
          c,
          new Problem('request/method', `Here are only ${methods.join(', ')}.`, {}, { allow: methods.join(', ') }),
        ),
    }),
    knowClient(settings),
    patience(services.sql),
    sameOrigin(settings),
    authenticate(services, settings),
  )
  app.use('/api/v1/*', readBody, idempotency(services))

  const api = app
    .route('/', health(services))
    .route('/', metrics(services))
    .route('/schemas', schemas(services))
    .route('/api/v1/flows', flows(services))
    .route('/api/v1/flows', flowActions(services))
    .route('/api/v1/flows', httpTry(services))
    .route('/api/v1/templates', templates(services))
    .route('/api/v1/figures', figures(services))
    .route('/api/v1/links', links(services))
    .route('/api/v1/channels', channels(services))
    .route('/api/v1/channels', handset(services))
    .route('/api/v1/messages', messages(services, settings))
    .route('/api/v1/sessions', sessions(services, settings))
    .route('/api/v1/tickets', tickets(services, settings))
    .route('/api/v1/queues', queues(services))
    .route('/api/v1/contacts/export', contactExport(services, settings))
    .route('/api/v1/imports', imports(services, settings))
    .route('/api/v1/campaigns', campaigns(services))
    .route('/api/v1/contacts', contacts(services, settings))
    .route('/api/v1/groups', groups(services, settings))
    .route('/api/v1/fields', fields(services))
    .route('/api/v1/consent', consent(services, settings))
    .route('/api/v1/dead-letters', deadLetters(services, settings))
    .route('/api/v1/events', events(services))
    .route('/api/v1/keys', keys(services))
    .route('/api/v1/webhooks', webhooks(services))
    .route('/api/v1', auth(services))
    .route('/api/v1/users', users(services, settings))
    .route('/api/v1/audit', auditRoutes(services))
  app.route('/l', trackedLinks(services))
  app.route('/in', inbound(services))
  app.route('/', pages(app, services, settings))
  return api
}

/** The routes, as the typed client of the editor sees them. */
export type App = ReturnType<typeof createApp>

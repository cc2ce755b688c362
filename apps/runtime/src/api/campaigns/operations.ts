import * as z from 'zod'
import { checkResultSchema } from '../../campaigns/check-result.ts'
import { uuidParams } from '../http/fields.ts'
import { pageOf } from '../http/page.ts'
import { createRoute, json, jsonBody } from '../http/route.ts'
import {
  answersSchema,
  campaignItemSchema,
  campaignQuery,
  definitionSchema,
  launchSchema,
  recipientQuery,
  recipientSchema,
  testSchema,
} from './schemas.ts'

const tags = ['Campaigns']
const ofCampaign = { params: uuidParams }
const now = { 200: json(campaignItemSchema, 'The campaign as it is now.') }

/** What `/campaigns` offers, as the OpenAPI document tells it. */
export const operations = {
  list: createRoute({
    method: 'get',
    path: '/',
    tags,
    summary: 'List campaigns',
    request: { query: campaignQuery },
    responses: { 200: json(pageOf(campaignItemSchema), 'The newest first.') },
  }),
  create: createRoute({
    method: 'post',
    path: '/',
    tags,
    summary: 'Write a campaign',
    description: 'As a draft: nothing goes out before it was checked and launched.',
    request: { body: jsonBody(definitionSchema) },
    responses: { 201: json(campaignItemSchema, 'Written.') },
  }),
  get: createRoute({
    method: 'get',
    path: '/{id}',
    tags,
    summary: 'One campaign',
    request: ofCampaign,
    responses: { 200: json(campaignItemSchema, 'And how far it has come.') },
  }),
  replace: createRoute({
    method: 'put',
    path: '/{id}',
    tags,
    summary: 'Change a draft',
    description: 'Wants `If-Match` with the ETag that you started from. What was checked counts no more.',
    request: { ...ofCampaign, body: jsonBody(definitionSchema) },
    responses: now,
  }),
  remove: createRoute({
    method: 'delete',
    path: '/{id}',
    tags,
    summary: 'Throw a draft away',
    request: ofCampaign,
    responses: { 204: { description: 'Gone.' } },
  }),
  copy: createRoute({
    method: 'post',
    path: '/{id}/copy',
    tags,
    summary: 'Begin a draft with what another campaign was',
    request: ofCampaign,
    responses: { 201: json(campaignItemSchema, 'The new draft.') },
  }),
  check: createRoute({
    method: 'post',
    path: '/{id}/check',
    tags,
    summary: 'See what would go out',
    description:
      'Goes through everybody it is for: who gets what, who is left out and why, what it costs, how long it takes.',
    request: ofCampaign,
    responses: { 200: json(checkResultSchema, 'Nothing was sent.') },
  }),
  launch: createRoute({
    method: 'post',
    path: '/{id}/launch',
    tags,
    summary: 'Let a campaign go out',
    description:
      'As it was checked: refused when the audience or the campaign has changed since. Of an alert, the first person asks for it and another one starts it.',
    request: { ...ofCampaign, body: jsonBody(launchSchema) },
    responses: now,
  }),
  pause: createRoute({
    method: 'post',
    path: '/{id}/pause',
    tags,
    summary: 'Hold a campaign',
    description: 'What has not left is taken back, and leaves once it is resumed.',
    request: ofCampaign,
    responses: now,
  }),
  resume: createRoute({
    method: 'post',
    path: '/{id}/resume',
    tags,
    summary: 'Let a campaign go on',
    request: ofCampaign,
    responses: now,
  }),
  cancel: createRoute({
    method: 'post',
    path: '/{id}/cancel',
    tags,
    summary: 'End a campaign',
    description: 'What has not left never does.',
    request: ofCampaign,
    responses: now,
  }),
  test: createRoute({
    method: 'post',
    path: '/{id}/test',
    tags,
    summary: 'Send it to yourself',
    description: 'To one phone, at once, whatever its schedule.',
    request: { ...ofCampaign, body: jsonBody(testSchema) },
    responses: { 202: json(z.object({ id: z.uuid(), text: z.string().nullable() }), 'The message or session.') },
  }),
  recipients: createRoute({
    method: 'get',
    path: '/{id}/recipients',
    tags,
    summary: 'Who got it, and what became of it',
    request: { ...ofCampaign, query: recipientQuery },
    responses: { 200: json(pageOf(recipientSchema), 'In the order of phones.') },
  }),
  answers: createRoute({
    method: 'get',
    path: '/{id}/answers',
    tags,
    summary: 'What people answered',
    request: ofCampaign,
    responses: { 200: json(answersSchema, 'By question, the most frequent answer first.') },
  }),
  export: createRoute({
    method: 'get',
    path: '/{id}/export',
    tags,
    summary: 'Its recipients as a CSV file',
    request: ofCampaign,
    responses: {
      200: { content: { 'text/csv': { schema: z.string() } }, description: 'UTF-8, a line for each text.' },
    },
  }),
}

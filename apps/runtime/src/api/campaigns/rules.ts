import { holidaysSchema, limitsSchema, loadRule, pricesSchema, saveRule } from '../../campaigns/rules.ts'
import { drizzleOver } from '../../db/drizzle.ts'
import { noting } from '../audit/noting.ts'
import { createRoute, json, jsonBody, resource } from '../http/route.ts'
import type { ApiServices } from '../services.ts'

const tags = ['Campaigns']
const prices = pricesSchema.meta({ id: 'CampaignPrices' })
const holidays = holidaysSchema.meta({ id: 'CampaignHolidays' })
const limits = limitsSchema.meta({ id: 'CampaignLimits' })

const routes = {
  prices: createRoute({
    method: 'get',
    path: '/prices',
    tags,
    summary: 'What a segment costs',
    responses: { 200: json(prices, 'By the beginning of the number; the longest that fits counts.') },
  }),
  setPrices: createRoute({
    method: 'put',
    path: '/prices',
    tags,
    summary: 'Set the price list',
    request: { body: jsonBody(prices) },
    responses: { 200: json(prices, 'As it is now.') },
  }),
  holidays: createRoute({
    method: 'get',
    path: '/holidays',
    tags,
    summary: 'Days without texts',
    responses: { 200: json(holidays, 'Campaigns that keep holidays send nothing then.') },
  }),
  setHolidays: createRoute({
    method: 'put',
    path: '/holidays',
    tags,
    summary: 'Set the days without texts',
    request: { body: jsonBody(holidays) },
    responses: { 200: json(holidays, 'As they are now.') },
  }),
  limits: createRoute({
    method: 'get',
    path: '/limits',
    tags,
    summary: 'Whom texts may reach, and how much a day',
    responses: {
      200: json(limits, 'Whoever writes: campaigns, flows, people and programs. What may not leave fails.'),
    },
  }),
  setLimits: createRoute({
    method: 'put',
    path: '/limits',
    tags,
    summary: 'Set whom texts may reach, and how much a day',
    request: { body: jsonBody(limits) },
    responses: { 200: json(limits, 'As they are now.') },
  }),
}

/** What counts for every campaign: the price list, holidays, limits. */
export function ruleRoutes(api: ApiServices) {
  const { sql, clock } = api
  const note = noting(api)
  const save = async <Name extends 'prices' | 'holidays' | 'limits'>(
    c: Parameters<typeof note>[1],
    name: Name,
    value: Parameters<typeof saveRule<Name>>[2],
  ) => {
    await sql.transaction(async (tx) => {
      await saveRule(tx, name, value, { by: c.get('principal').label, at: clock.now() })
      await note(drizzleOver(tx), c, { action: 'campaign.rules-changed', subject: `campaigns:${name}` })
    })
    await api.configurationChanged()
    return loadRule(sql, name)
  }
  return resource()
    .openapi(routes.prices, async (c) => c.json(await loadRule(sql, 'prices'), 200))
    .openapi(routes.setPrices, async (c) => c.json(await save(c, 'prices', c.req.valid('json')), 200))
    .openapi(routes.holidays, async (c) => c.json(await loadRule(sql, 'holidays'), 200))
    .openapi(routes.setHolidays, async (c) => c.json(await save(c, 'holidays', c.req.valid('json')), 200))
    .openapi(routes.limits, async (c) => c.json(await loadRule(sql, 'limits'), 200))
    .openapi(routes.setLimits, async (c) => c.json(await save(c, 'limits', c.req.valid('json')), 200))
}

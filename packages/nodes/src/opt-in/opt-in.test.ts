import { sessionOn } from '@textloom/engine/testing'
import { expect, test } from 'vitest'
import { optIn } from './index.ts'

test('the flow begins at once, and no text begins it', () => {
  expect(sessionOn(optIn, {}).begins().leftBy).toBe('next')
  expect(sessionOn(optIn, {}).hears('start').leftBy).toBeUndefined()
})

test.each([
  { topics: undefined, agreed: {}, begins: true },
  { topics: [], agreed: { topic: 'offers' }, begins: true },
  { topics: ['Offers', 'news'], agreed: { topic: 'OFFERS' }, begins: true },
  { topics: ['Offers'], agreed: { topic: 'news' }, begins: false },
  { topics: ['Offers'], agreed: {}, begins: false },
])('a start for the topics $topics and an agreement $agreed: $begins', ({ topics, agreed, begins }) => {
  expect(optIn.start?.wants?.({ topics }, agreed)).toBe(begins)
})

test('waits for the end of another conversation unless it says otherwise', () => {
  expect(optIn.start?.whenBusy({})).toBe('queue')
  expect(optIn.start?.whenBusy({ whenBusy: 'interrupt' })).toBe('interrupt')
})

test('the card names the topics', () => {
  expect(optIn.describe({ topics: ['offers', 'news'] }).body).toBe('When the contact agrees to offers, news')
})

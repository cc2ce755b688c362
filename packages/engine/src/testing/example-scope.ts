import type { TemplateScope } from '../template.ts'

/** What the examples of the reference are rendered over: a contact in Budapest whose language is English. */
export const exampleScope: TemplateScope = {
  context: {
    vars: {
      count: 3,
      price: 1234.5,
      nickname: null,
      items: ['tea', 'cake'],
      slots: [
        { time: '11:30', free: false, price: 20, note: 'loud' },
        { time: '09:00', free: true, price: 15 },
      ],
    },
    params: { order: 'A1B2' },
    results: { size: { value: 'l', category: 'Large' } },
    reply: { text: 'Yes please' },
    contact: {
      phone: '+36201234567',
      name: 'Éva',
      language: 'en',
      timezone: 'Europe/Budapest',
      fields: { city: 'Pécs' },
      groups: ['vip'],
    },
    channel: { id: '4040', address: '4040' },
  },
  now: Date.UTC(2026, 2, 1, 12, 30),
  random: () => 0.5,
}

import type { Definition } from '../use-campaigns.ts'

/** What a campaign begins as; everything can be changed before it is checked. */
export function newCampaign(channel: { readonly id: string; readonly language: string }): object {
  return {
    name: 'New campaign',
    channel: channel.id,
    content: message(channel.language, 'Hello {{ contact.name }}'),
    audience: {},
    schedule: { kind: 'now' },
    timezone: ownZone(),
  }
}

/** What an emergency alert begins as. */
export function newAlert(channel: { readonly id: string; readonly language: string }): object {
  return {
    ...newCampaign(channel),
    name: 'Emergency alert',
    content: message(channel.language, 'URGENT: . Reply OK when you have read this.'),
    consent: 'not-refused',
    alert: {},
  }
}

/** The other kind of content, as it begins. */
export function contentOf(kind: Definition['content']['kind'], language: string, flow: string): Definition['content'] {
  return kind === 'message'
    ? message(language, 'Hello {{ contact.name }}')
    : { kind, variants: [{ id: 'A', weight: 1, flow }], params: {} }
}

/** Another kind of schedule, as it begins: tomorrow at ten. */
export function scheduleOf(kind: Definition['schedule']['kind'], nowMs: number): Definition['schedule'] {
  const tomorrow = new Date(nowMs + 86_400_000).toISOString().slice(0, 10)
  switch (kind) {
    case 'now':
      return { kind }
    case 'once':
      return { kind, date: tomorrow, time: '10:00', clock: 'contact' }
    case 'recurring':
      return { kind, rule: 'FREQ=WEEKLY;BYDAY=MO', from: tomorrow, time: '10:00', clock: 'contact' }
    case 'relative':
      return { kind, field: 'appointment', offsets: [{ days: -1, time: '18:00' }, { minutes: -120 }] }
  }
}

const letters = ['A', 'B', 'C', 'D', 'E']

/** The letter of the next variant; undefined when there are enough. */
export function nextLetter(taken: readonly string[]): string | undefined {
  return letters.find((letter) => !taken.includes(letter))
}

/** Phone numbers out of what somebody pasted: one a line, or with commas or semicolons between. */
export function phonesIn(text: string): string[] {
  return text
    .split(/[\n;,]+/)
    .map((phone) => phone.trim())
    .filter((phone) => phone !== '')
}

function message(language: string, text: string): Definition['content'] {
  return { kind: 'message', variants: [{ id: 'A', weight: 1, texts: { [language]: text } }] }
}

function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'
}

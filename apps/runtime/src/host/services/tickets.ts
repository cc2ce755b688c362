import type { Clock, Ids } from '@textloom/core'
import { answeringRoles } from '../../accounts/role.ts'
import type { Sql } from '../../db/sql.ts'
import { storable } from '../border.ts'
import type { Agent, Outcome, TicketAct } from '../incoming.ts'
import type { Submit } from '../submit.ts'
import { checkText } from './check-text.ts'
import { recordedOutcome } from './recorded-outcome.ts'
import { optedOut, Refusal } from './refusal.ts'

/** What an agent asks for; `key` names the request, so that making it twice does it once. */
export interface TicketRequest {
  readonly id: string
  readonly key: string
  readonly agent: Agent
}

/** What can be done with tickets. All of it enters by `submit`. */
export interface Tickets {
  /** @throws Refusal `unknown-ticket`, `ticket-closed` or `ticket-taken`, StoreUnavailable */
  actOnTicket(request: TicketRequest & { readonly act: TicketAct }): Promise<void>
  /** @throws as `actOnTicket` */
  noteOnTicket(request: TicketRequest & { readonly text: string }): Promise<void>
  /** Sends the contact a text and gives its id. @throws as `actOnTicket`, and Refusal `opted-out` or about the text */
  replyToTicket(request: TicketRequest & { readonly text: string }): Promise<string>
  /** The users who may have tickets, by name. */
  assignees(): Promise<{ id: string; name: string }[]>
}

export interface TicketsDeps {
  readonly sql: Sql
  readonly clock: Clock
  readonly ids: Ids
  readonly submit: Submit
}

export function ticketServices({ sql, ids, submit }: TicketsDeps): Tickets {
  async function act({ id, key, agent, act: what }: TicketRequest & { readonly act: TicketAct }): Promise<string> {
    const rows = await sql.query<{ channel: string; phone: string; state: string }>(
      'select channel, phone, state from ticket where id = $1::uuid',
      [id],
    )
    const [ticket] = rows
    if (ticket === undefined) throw new Refusal('unknown-ticket', `There is no ticket ${id}.`)
    const { channel, phone } = ticket
    const messageId = `agent:${key}`
    const event = { kind: 'ticket', channel, phone, messageId, ticket: id, by: 'agent', agent, act: what } as const
    const outcome = await submit(event)
    const recorded = outcome.status === 'duplicate' ? await recordedOutcome(sql, event) : undefined
    throwIfRefused(recorded?.outcome ?? textOf(outcome), id)
    return recorded?.id ?? ('id' in what ? what.id : id)
  }

  return {
    async actOnTicket(request) {
      await act(request)
    },
    async noteOnTicket({ text, ...request }) {
      await act({ ...request, act: { do: 'note', id: ids.next(), text: storable(text) } })
    },
    async replyToTicket({ text: written, ...request }) {
      const text = storable(written)
      checkText(text)
      return act({ ...request, act: { do: 'reply', id: ids.next(), text } })
    },
    assignees: () =>
      sql.query<{ id: string; name: string }>(
        `select id, name from app_user
         where disabled_at is null and role in (select json_array_elements_text($1::text::json)) order by name, id`,
        [JSON.stringify(answeringRoles)],
      ),
  }
}

function textOf(outcome: Outcome): string {
  return 'reason' in outcome ? `${outcome.status}:${outcome.reason}` : outcome.status
}

function throwIfRefused(outcome: string, id: string): void {
  switch (outcome) {
    case 'ignored:ticket-closed':
      throw new Refusal('ticket-closed', `Ticket ${id} is closed already.`)
    case 'ignored:ticket-taken':
      throw new Refusal('ticket-taken', `Somebody else has ticket ${id}. Transfer it to yourself to go on with it.`)
    case 'ignored:opted-out':
      throw optedOut()
  }
}

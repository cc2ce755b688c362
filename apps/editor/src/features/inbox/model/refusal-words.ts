import { ApiError } from '../../../shared/api/problem.ts'

/** Why an agent was refused something, and what to do next. */
export function refusalWords(error: Error): string {
  return (error instanceof ApiError && words[error.problem.code]) || error.message
}

const words: { readonly [code: string]: string } = {
  'tickets/taken': 'A colleague claimed this ticket in the meantime. You can note on it, or take it over.',
  'tickets/closed': 'This ticket was closed in the meantime. If they text again, a new conversation begins.',
  'tickets/not-found': 'This ticket is gone.',
  'tickets/no-assignee': 'This person does not answer tickets any more. Choose somebody else.',
  'messages/opted-out': 'They texted STOP and get no more texts. START subscribes them again.',
  'queues/not-found': 'This queue is gone. Choose another one.',
}

import { expect, test } from 'vitest'
import { ApiError, OfflineError } from '../../../shared/api/problem.ts'
import { refusalWords } from './refusal-words.ts'

const refused = (code: string) => new ApiError({ status: 409, code, title: 'Refused', detail: 'It was refused.' })

test.each([
  { code: 'tickets/taken', says: 'colleague claimed' },
  { code: 'tickets/closed', says: 'closed in the meantime' },
  { code: 'messages/opted-out', says: 'STOP' },
  { code: 'something/else', says: 'It was refused.' },
])('$code is told as "… $says …"', ({ code, says }) => {
  expect(refusalWords(refused(code))).toContain(says)
})

test('no connection is told as such', () => {
  expect(refusalWords(new OfflineError(undefined))).toContain('does not answer')
})

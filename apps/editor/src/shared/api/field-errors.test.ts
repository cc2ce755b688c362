import { expect, test } from 'vitest'
import { formErrors } from './field-errors.ts'
import { ApiError } from './problem.ts'

const refused = (...issues: { path: string; message: string }[]) =>
  new ApiError({ status: 422, code: 'request/invalid', title: 'No', detail: 'All of it.', issues })

test.each([
  { what: 'nothing', error: null, fields: {}, form: undefined },
  { what: 'a sentence', error: new Error('Taken.'), fields: {}, form: 'Taken.' },
  {
    what: 'a field',
    error: refused({ path: 'port', message: 'port must be at most 65535.' }),
    fields: { port: 'Must be at most 65535.' },
    form: undefined,
  },
  {
    what: 'a part of a field',
    error: refused({ path: 'languages[1]', message: 'languages[1] must be a language tag.' }),
    fields: { languages: 'Must be a language tag.' },
    form: undefined,
  },
  {
    what: 'something that is not shown',
    error: refused({ path: 'hots', message: 'hots is not known.' }),
    fields: {},
    form: 'All of it.',
  },
])('a refusal for $what', ({ error, fields, form }) => {
  const errors = formErrors(error, ['port', 'languages'])
  expect(Object.fromEntries(errors.fields)).toEqual(fields)
  expect(errors.form).toBe(form)
})

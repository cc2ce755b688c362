import { describe, expect, test } from 'vitest'
import { callingFlow, failingFlow, greetingFlow } from '../testing/flows.ts'
import { onePhone } from '../testing/one-phone.ts'

describe('a flow that is called', () => {
  test('runs on top of the one that called it, which goes on when it is over', () => {
    const phone = onePhone({ flows: [callingFlow('greeting'), greetingFlow()] })
    phone.says('call')
    expect(phone.texts).toEqual(['Shall we? call'])
    expect(phone.row.state?.frames.map(({ revision }) => revision)).toEqual(['caller@1', 'greeting@1'])
    expect(phone.events('flow.entered', 'session.moved')).toMatchObject([
      {
        kind: 'session.moved',
        path: [
          { enter: 'start' },
          { exit: 'start', handle: 'next' },
          { enter: 'calling' },
          { enter: 'start', flow: 'greeting' },
          { exit: 'start', handle: 'next', flow: 'greeting' },
          { enter: 'ask', flow: 'greeting' },
        ],
      },
      { kind: 'flow.entered', node: 'calling', flow: 'greeting', revision: 'greeting@1' },
    ])

    phone.says('yes')
    expect(phone.texts).toEqual(['Good.', 'Back again.'])
    expect(phone.events('flow.left', 'session.ended')).toMatchObject([
      { kind: 'flow.left', flow: 'greeting', outcome: 'completed' },
      { kind: 'session.ended', flow: 'caller', revision: 'caller@1', outcome: 'completed' },
    ])
  })

  test.each([
    { what: 'is not published', calls: 'nowhere', revision: '' },
    { what: 'fails', calls: 'failing', revision: 'failing@1' },
  ])('that $what is left as failed, and the session goes on', ({ calls, revision }) => {
    const phone = onePhone({ flows: [callingFlow(calls), failingFlow()] })
    phone.says('call')
    expect(phone.texts).toEqual(['That went wrong.'])
    expect(phone.events('flow.left')).toMatchObject([{ flow: calls, revision, outcome: 'failed', failure: {} }])
    expect(phone.events('session.ended')).toMatchObject([{ outcome: 'completed' }])
  })

  test('takes words such as CANCEL for replies while it waits for one, as it would on its own', () => {
    const phone = onePhone({ flows: [callingFlow('greeting'), greetingFlow()] })
    phone.says('call')
    expect(phone.says('cancel')).toMatchObject({ status: 'transition' })
    expect(phone.says('stop')).toEqual({ status: 'keyword', keyword: 'stop' })
    expect(phone.events('session.ended')).toMatchObject([{ flow: 'caller', outcome: 'interrupted' }])
  })
})

/** Why an event became a dead letter, as the errors reference explains it; a failed session's own code stands there too. */
export const deadLetterReasons = {
  'no-flow':
    'No flow of the channel begins with the text, and the channel has no fallback text. Publish a flow with a catch-all start, or give the channel a `fallbackText`.',
  'no-channel': 'No channel takes the message: it is gone, or switched off. Add it again, then retry the dead letter.',
  'reply-loop':
    'The phone is a machine, it seems: it repeats itself, writes more than a person could, or is the channel itself. Answering it would never end, so this text and those like it are not answered until half an hour goes by without. The channel’s `repeats` and `textsPerMinute` say how many are.',
  'sql:<state>':
    'The database refuses to store what came of the event, with that SQLSTATE. The detail says why; the event itself is kept.',
  error: 'A fault of Textloom itself. The detail and the log say which; please report it.',
} as const

/** Why an event became a dead letter, failures of sessions aside. */
export type DeadLetterReason = Exclude<keyof typeof deadLetterReasons, 'sql:<state>'> | `sql:${string}`

/** Why an event moved nothing, as the errors reference explains it. */
export const ignoredReasons = {
  'no-session': 'It is about a session, and none is running.',
  'not-waiting': 'The session does not wait for this: a text, say, that comes during a wait for time.',
  stale: 'It came too late to matter: the timer or request that it answers is gone.',
  'opted-out': 'The contact replied STOP, so nothing begins and nothing is sent until START.',
  'already-opted-out': 'Another STOP; the first was confirmed.',
  busy: 'Another session is running with the contact, and the start was to skip those.',
  'no-flow': 'The flow that was to start is not published, or has no start.',
  'ticket-closed': 'The ticket is closed already: nothing more can be done with it.',
  'ticket-taken': 'Somebody else has the ticket. It can be transferred.',
  'reply-loop': 'The phone is a machine, it seems; a dead letter of the same name says since when.',
  lapsed: 'The start waited for another session to end for longer than it may.',
} as const

/** Why an event moved nothing. */
export type IgnoredReason = keyof typeof ignoredReasons

/** What the host itself says of MTs, sessions and HTTP requests that did not go well. */
export const hostCodes = {
  expired: 'The MT waited for longer than it is valid, and is not sent any more.',
  suppressed: 'The contact replied STOP before the MT left, so it is not sent.',
  'runtime/no-channel': 'The channel was taken away while its conversation went on: nothing can carry the MT.',
  'runtime/cancelled': 'Somebody took the MT back before it left.',
  'runtime/taken-back': 'The campaign of the MT was paused or cancelled before it left.',
  'runtime/not-allowed':
    'The limits allow no texts to numbers that begin so, whoever writes them. Add the prefix to the limits (`PUT /api/v1/campaigns/limits`).',
  'runtime/over-cap':
    'The segments that a day may send to numbers that begin so have been sent. Raise the cap in the limits (`PUT /api/v1/campaigns/limits`), or send again tomorrow.',
  'runtime/restored':
    'The MT waited, or was just leaving, when the backup was made that the instance was restored from: it may have left since. It is held, or dropped if the restore said so. Send it again with `POST /messages/{id}/resend`, or let it be.',
  'runtime/send-failed': 'A link failed in a way it does not explain. The MT is tried again.',
  'runtime/poison': 'The timers of the session could not be handled, so it ended as failed. A dead letter says why.',
  'runtime/store-unavailable':
    'The database did not store an event in time. It was not acknowledged, so whoever sent it sends it again.',
  'notify/no-smtp': 'A notice by e-mail cannot be sent: set `SMTP_URL`, and start again.',
  'notify/bad-recipient': 'A notice cannot be sent there: it is no address, URL or number that anybody has.',
  'notify/refused': 'Whoever was to take a notice refused it for good.',
  'notify/unreachable': 'A notice could not be handed over, however often it was tried.',
  'notify/opted-out': 'A notice by SMS went to somebody who replied STOP.',
  'http/timeout': 'The web service did not answer in time.',
  'http/network': 'The web service could not be reached, or broke off.',
  'http/refused':
    'The request was not made: its address is not allowed or not valid. Private addresses need `TEXTLOOM_ALLOW_PRIVATE`.',
} as const

/** A code of the host's own. */
export type HostCode = keyof typeof hostCodes

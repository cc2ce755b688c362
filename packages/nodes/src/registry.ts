import { nodeRegistry } from '@textloom/core'
import { apiStart } from './api-start/index.ts'
import { ask } from './ask/index.ts'
import { call } from './call/index.ts'
import { campaignStart } from './campaign-start/index.ts'
import { catchAll } from './catch-all/index.ts'
import { consent } from './consent/index.ts'
import { contactUpdate } from './contact-update/index.ts'
import { csat } from './csat/index.ts'
import { end } from './end/index.ts'
import { escalate } from './escalate/index.ts'
import { goTo } from './go-to/index.ts'
import { groups } from './groups/index.ts'
import { http } from './http/index.ts'
import { keyword } from './keyword/index.ts'
import { link } from './link/index.ts'
import { menu } from './menu/index.ts'
import { message } from './message/index.ts'
import { newContact } from './new-contact/index.ts'
import { notify } from './notify/index.ts'
import { optIn } from './opt-in/index.ts'
import { result } from './result/index.ts'
import { set } from './set/index.ts'
import { split } from './split/index.ts'
import { splitChannel } from './split-channel/index.ts'
import { splitExpression } from './split-expression/index.ts'
import { splitField } from './split-field/index.ts'
import { splitGroup } from './split-group/index.ts'
import { splitHours } from './split-hours/index.ts'
import { splitLanguage } from './split-language/index.ts'
import { splitRandom } from './split-random/index.ts'
import { splitResult } from './split-result/index.ts'
import { ticketClosed } from './ticket-closed/index.ts'
import { wait } from './wait/index.ts'
import { waitHours } from './wait-hours/index.ts'
import { waitReply } from './wait-reply/index.ts'
import { waitUntil } from './wait-until/index.ts'

/** Every node type, in the order of the palette. */
export const nodeTypes = [
  keyword,
  catchAll,
  apiStart,
  campaignStart,
  newContact,
  optIn,
  ticketClosed,
  message,
  ask,
  menu,
  link,
  waitReply,
  wait,
  waitUntil,
  waitHours,
  split,
  splitField,
  splitResult,
  splitGroup,
  splitLanguage,
  splitChannel,
  splitHours,
  splitRandom,
  splitExpression,
  // The place of the split by intent, trained on an author's sample phrases.
  set,
  contactUpdate,
  groups,
  consent,
  http,
  notify,
  result,
  call,
  goTo,
  escalate,
  csat,
  end,
] as const

/** What compiler, analysis, simulator and editor are handed. */
export const registry = nodeRegistry(nodeTypes)

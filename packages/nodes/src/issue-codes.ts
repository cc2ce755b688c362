import type { NodeIssue } from '@textloom/core'

/** Everything that node types find wrong with a node beyond its schema, as the errors reference explains it. */
export const nodeIssueCodes = {
  'keyword/no-keywords': ['error', 'A keyword start without a keyword: no text can start the flow.'],
  'keyword/blank-keyword': ['error', 'A keyword without a letter, digit or symbol: no text equals it.'],
  'keyword/repeated-keyword': ['warning', 'Two keywords that are the same once case and accents are folded.'],
  'keyword/reserved-word': ['warning', 'STOP, START and HELP are answered before any flow, so they seldom get here.'],
  'keyword/nobody': ['error', 'Groups that may start the flow and groups that may not, which leave nobody.'],
  'keyword/nothing-to-forgive': ['warning', 'Typing errors forgiven in keywords that are all too short for it.'],
  'catch-all/takes-replies': ['warning', 'A start for any text that takes replies from conversations that run.'],
  'message/no-text': ['error', 'A message without a text or a file: there is nothing to send.'],
  'message/bad-attachment': ['error', 'A file without an http:// or https:// address.'],
  'ask/no-text': ['error', 'A question without a text: nobody would know what to answer.'],
  'ask/no-choices': ['error', 'A question with choices that has none.'],
  'ask/clashing-words': ['error', 'Two choices that the same answer would pick.'],
  'ask/no-pattern': ['error', 'A question whose answers should fit a pattern, without the pattern.'],
  'ask/bad-pattern': ['error', 'A pattern that cannot be used.'],
  'ask/empty-range': ['error', 'A smallest number above the largest: no answer fits.'],
  'menu/no-text': ['error', 'A menu without a text: nobody would know what to answer.'],
  'menu/no-options': ['error', 'A menu without options.'],
  'menu/clashing-words': ['error', 'Two options that the same answer would pick.'],
  'split/no-rules': ['warning', 'A split without rules: everybody leaves by "Otherwise".'],
  'split/no-right': ['error', 'A rule that compares with nothing, or with an empty list.'],
  'split/no-words': ['error', 'A rule that looks for words in what has none once spelling is folded.'],
  'split/no-number': ['error', 'A rule that compares numbers, with something that can never be a number.'],
  'split/empty-range': ['error', 'A rule about a range whose smaller number is the larger: nothing lies in it.'],
  'split/no-date': ['error', 'A rule that compares dates, with something that is no date.'],
  'split/doubtful-date': ['warning', 'A date that is another day where people write the month before the day.'],
  'split/no-time': ['error', 'A rule that compares times of day, with something that is no time.'],
  'split/bad-pattern': ['error', 'A pattern that cannot be read, is too large, or needs what fast patterns cannot do.'],
  'split/repeated-rule': ['warning', 'A rule that an earlier one repeats: nobody leaves by it.'],
  'split/shadowed-rule': ['warning', 'A rule that earlier ones leave nothing to: nobody leaves by it.'],
  'split-random/no-way': ['error', 'A split by chance in which no way weighs anything: nobody can go any way.'],
  'picks/none': ['warning', 'A split by names without names: everybody leaves by "Otherwise".'],
  'picks/blank': ['error', 'A split by names with a name that is blank.'],
  'picks/never': ['warning', 'A name of a split that nobody gets to, because one above it takes them all.'],
  'hours/never-open': ['error', 'Opening hours without any hour.'],
  'wait-until/no-date': ['error', 'A wait for a date that names none.'],
  'wait-until/no-field': ['error', 'A wait for a date of the contact that names no field.'],
  'wait-until/no-distance': ['error', 'A wait before or after a date that does not say how long.'],
  'wait-until/two-times': ['warning', 'A wait at a time of day, and hours or minutes from it.'],
  'http/no-url': ['error', 'A request without an http:// or https:// address.'],
  'http/bad-header': ['error', 'A header whose name or value HTTP cannot carry.'],
  'http/bad-path': ['error', 'A path into the answer that cannot be read.'],
  'http/body-without-use': ['warning', 'A GET request with a body, which servers ignore.'],
  'contact-update/no-change': ['error', 'A node that changes the contact, without a change.'],
  'contact-update/unfit-value': ['error', 'A name, language or time zone that can never be one.'],
  'contact-update/repeated-field': ['warning', 'A field that one node changes twice.'],
  'groups/no-groups': ['error', 'A node that changes groups and names none.'],
  'groups/both-ways': ['warning', 'A group that one node puts the contact into and takes them out of.'],
  'notify/no-recipient': ['error', 'A notice to nobody.'],
  'notify/bad-recipient': ['error', 'A recipient that the way of the notice cannot reach.'],
  'notify/one-webhook': ['error', 'A notice to more than one webhook.'],
  'notify/no-text': ['error', 'A notice without a text.'],
  'link/no-link': ['error', 'A tracked link whose text does not hold it.'],
  'link/bad-address': ['error', 'A tracked link that leads to no page and no app.'],
  'call/no-flow': ['error', 'A call that does not say which flow.'],
  'call/bad-path': ['error', 'A value to be kept from a called flow that can never be there.'],
  'csat/no-text': ['error', 'A question for a rating without a text.'],
} as const satisfies { readonly [code: string]: readonly [NodeIssue['severity'], string] }

/** The code of something that a node type found wrong. */
export type NodeIssueCode = keyof typeof nodeIssueCodes

/** An issue of this catalogue, at a path within a node's data. */
export function nodeIssue(code: NodeIssueCode, path: string, message: string): NodeIssue {
  return { code, severity: nodeIssueCodes[code][0], path, message }
}

import type { Limits } from '@textloom/core'
import { maxHolidays, maxSpans } from './calendar/schedule.ts'
import { maxTimes } from './go-to/schema.ts'
import {
  maxAttachments,
  maxAudience,
  maxEndLabelLength,
  maxEntries,
  maxExpressionLength,
  maxFieldChanges,
  maxGroupChanges,
  maxHandedOver,
  maxHttpRetries,
  maxKeywords,
  maxLabelLength,
  maxListEntries,
  maxListEntryLength,
  maxMappedValues,
  maxNameLength,
  maxOptions,
  maxPathLength,
  maxPriority,
  maxRecipients,
  maxRetries,
  maxRules,
  maxSynonyms,
  maxTemplateLength,
  maxTextLength,
  maxWordLength,
} from './limits.ts'
import { maxTopics } from './opt-in/schema.ts'
import { maxPatternLength } from './recognise/pattern.ts'
import { maxWays, maxWeight } from './split-random/schema.ts'
import { maxQueues } from './ticket-closed/schema.ts'

/** The bounds of what a node may hold. Its schema says them, so the document is refused past one. */
export const nodeLimits = {
  maxTextLength: {
    value: maxTextLength,
    of: 'characters (UTF-16 code units) of a text that an author writes into a node',
    error: 'flow/schema',
  },
  maxTemplateLength: {
    value: maxTemplateLength,
    of: 'characters of a template that is computed with',
    error: 'flow/schema',
  },
  maxExpressionLength: {
    value: maxExpressionLength,
    of: 'characters of an expression, as the engine reads them',
    error: 'flow/schema',
  },
  maxOptions: { value: maxOptions, of: 'options of a menu, or choices of a question', error: 'flow/schema' },
  maxLabelLength: { value: maxLabelLength, of: 'characters of the label of an option', error: 'flow/schema' },
  maxSynonyms: { value: maxSynonyms, of: 'other words of an option', error: 'flow/schema' },
  maxRetries: {
    value: maxRetries,
    of: 'replies that do not fit and are answered by asking again',
    error: 'flow/schema',
  },
  maxAttachments: { value: maxAttachments, of: 'files of one message', error: 'flow/schema' },
  maxRecipients: { value: maxRecipients, of: 'people that one node notifies', error: 'flow/schema' },
  maxFieldChanges: {
    value: maxFieldChanges,
    of: 'fields of the contact that one node changes, and as many that it clears',
    error: 'flow/schema',
  },
  maxGroupChanges: {
    value: maxGroupChanges,
    of: 'groups that one node puts the contact into, and as many that it takes them out of',
    error: 'flow/schema',
  },
  maxHandedOver: {
    value: maxHandedOver,
    of: 'values that a called flow is handed, and as many that are kept from it',
    error: 'flow/schema',
  },
  maxNameLength: {
    value: maxNameLength,
    of: 'characters of a name that people give to a topic, a queue, a group, a field or a category',
    error: 'flow/schema',
  },
  maxWordLength: {
    value: maxWordLength,
    of: 'characters of a keyword, of the name of a group, queue, topic or channel that a node names, or of a label',
    error: 'flow/schema',
  },
  maxKeywords: { value: maxKeywords, of: 'keywords of one start', error: 'flow/schema' },
  maxAudience: { value: maxAudience, of: 'groups, and as many channels, that one start is for', error: 'flow/schema' },
  maxPriority: { value: maxPriority, of: 'of the priority of a start', error: 'flow/schema' },
  maxEndLabelLength: { value: maxEndLabelLength, of: 'characters of the label of an end', error: 'flow/schema' },
  maxRules: { value: maxRules, of: 'rules of a split', error: 'flow/schema' },
  maxListEntries: { value: maxListEntries, of: 'entries of a list that a rule compares with', error: 'flow/schema' },
  maxListEntryLength: { value: maxListEntryLength, of: 'characters of such an entry', error: 'flow/schema' },
  maxMappedValues: { value: maxMappedValues, of: 'values that one answer of a server fills', error: 'flow/schema' },
  maxHttpRetries: { value: maxHttpRetries, of: 'times that a request is tried again', error: 'flow/schema' },
  maxPathLength: {
    value: maxPathLength,
    of: 'characters of the path to a value of a called flow',
    error: 'flow/schema',
  },
  maxEntries: { value: maxEntries, of: 'names of a split by channel, language or group', error: 'flow/schema' },
  maxQueues: { value: maxQueues, of: 'queues that one start waits for', error: 'flow/schema' },
  maxTopics: { value: maxTopics, of: 'topics that one start waits for', error: 'flow/schema' },
  maxWays: { value: maxWays, of: 'ways of a split by chance', error: 'flow/schema' },
  maxWeight: { value: maxWeight, of: 'of the weight of one of them', error: 'flow/schema' },
  maxTimes: { value: maxTimes, of: 'rounds of a go-to', error: 'flow/schema' },
  maxSpans: { value: maxSpans, of: 'spans of opening hours in a day', error: 'flow/schema' },
  maxHolidays: { value: maxHolidays, of: 'holidays of opening hours', error: 'flow/schema' },
  maxPatternLength: { value: maxPatternLength, of: 'characters of a pattern', error: 'ask/bad-pattern' },
} as const satisfies Limits

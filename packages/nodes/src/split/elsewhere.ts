import type { Operator } from './operators.ts'

/** A condition of another system in terms of ours. */
export interface ConditionElsewhere {
  /** Its name there. */
  readonly name: string
  /** Ours that means the same, or comes closest; null when there is none. */
  readonly op: Operator | null
  /** What differs, or what stands at the right. */
  readonly note: string
}

/** The tests of RapidPro's switch router (flow specification 13 and 14). */
export const rapidproTests: readonly ConditionElsewhere[] = [
  { name: 'has_error', op: 'is-missing', note: 'true of what cannot be computed and of what is not there' },
  { name: 'has_text', op: 'not-empty', note: '' },
  { name: 'has_value', op: 'not-empty', note: '' },
  { name: 'has_only_text', op: 'same-text', note: 'case and accents count, as there' },
  { name: 'has_phrase', op: 'phrase', note: '' },
  { name: 'has_only_phrase', op: 'only-phrase', note: '' },
  { name: 'has_any_word', op: 'any-word', note: '' },
  { name: 'has_all_words', op: 'all-words', note: '' },
  { name: 'has_beginning', op: 'starts-with', note: '' },
  { name: 'has_pattern', op: 'matches', note: 'case does not matter, `^` and `$` are ends of lines, as there' },
  { name: 'has_number', op: 'has-number', note: '' },
  { name: 'has_number_between', op: 'number-between', note: 'both ends count: `7..8`' },
  { name: 'has_number_lt', op: 'number-lt', note: '' },
  { name: 'has_number_lte', op: 'number-lte', note: '' },
  { name: 'has_number_eq', op: 'number-equals', note: '' },
  { name: 'has_number_gte', op: 'number-gte', note: '' },
  { name: 'has_number_gt', op: 'number-gt', note: '' },
  { name: 'has_date', op: 'has-date', note: '' },
  { name: 'has_date_lt', op: 'date-before', note: 'days are compared, not moments, as there' },
  { name: 'has_date_eq', op: 'date-on', note: '' },
  { name: 'has_date_gt', op: 'date-after', note: '' },
  { name: 'has_time', op: 'has-time', note: '' },
  { name: 'has_phone', op: 'has-phone', note: 'national numbers are those of the channel’s country' },
  { name: 'has_email', op: 'has-email', note: '' },
  { name: 'has_group', op: 'contains', note: 'of `contact.groups`; `one-of` for several groups' },
  { name: 'has_category', op: 'one-of', note: 'of `results.<name>.category`' },
  { name: 'has_state', op: 'any-phrase', note: 'with the list of places' },
  { name: 'has_district', op: 'any-phrase', note: 'with the list of places' },
  { name: 'has_ward', op: 'any-phrase', note: 'with the list of places' },
  { name: 'has_intent', op: null, note: 'false since RapidPro dropped classifiers' },
  { name: 'has_top_intent', op: null, note: 'false since RapidPro dropped classifiers' },
]

/** The condition types of Twilio Studio's Split Based On. */
export const studioConditions: readonly ConditionElsewhere[] = [
  { name: 'equal_to', op: 'equals', note: '' },
  { name: 'not_equal_to', op: 'not-equals', note: '' },
  { name: 'matches_any_of', op: 'one-of', note: 'a list, so options may have commas in them' },
  { name: 'does_not_match_any_of', op: 'not-one-of', note: '' },
  { name: 'contains', op: 'contains', note: '' },
  { name: 'does_not_contain', op: 'not-contains', note: '' },
  { name: 'starts_with', op: 'starts-with', note: '' },
  { name: 'does_not_start_with', op: 'not-starts-with', note: '' },
  { name: 'is_blank', op: 'is-empty', note: '' },
  { name: 'is_not_blank', op: 'not-empty', note: '' },
  { name: 'regex', op: 'matches-whole', note: 'all of the text; write `(?-i)` first where case matters' },
  { name: 'less_than', op: 'number-lt', note: '' },
  { name: 'greater_than', op: 'number-gt', note: '' },
  { name: 'is_before_date', op: 'date-before', note: '' },
  { name: 'is_after_date', op: 'date-after', note: '' },
  { name: 'is_before_time', op: 'time-before', note: '' },
  { name: 'is_after_time', op: 'time-after', note: '' },
]

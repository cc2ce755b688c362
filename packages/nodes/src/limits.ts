/** Most characters (UTF-16 code units) of a text that an author writes into a node. */
export const maxTextLength = 10_000

/** Most characters of a template that is computed with. */
export const maxTemplateLength = 10_000

/** Most characters of an expression, as the engine reads them. */
export const maxExpressionLength = 2_000

/** Most options of a menu, or choices of a question. */
export const maxOptions = 100

/** Most characters of the label of an option. */
export const maxLabelLength = 160

/** Most other words of an option. */
export const maxSynonyms = 100

/** Most replies that do not fit and are answered by asking again. */
export const maxRetries = 10

/** Most files of one message. */
export const maxAttachments = 10

/** Most people that one node notifies. */
export const maxRecipients = 20

/** Most fields of the contact that one node changes, and as many that it clears. */
export const maxFieldChanges = 50

/** Most groups that one node puts the contact into, and as many that it takes them out of. */
export const maxGroupChanges = 50

/** Most values that a called flow is handed, and as many that are kept from it. */
export const maxHandedOver = 50

/** Most characters of a name that people give to a topic, a queue, a group, a field or a category. */
export const maxNameLength = 64

/** Most characters of a keyword, of the name of a group, queue, topic or channel that a node names, or of a label. */
export const maxWordLength = 160

/** Most keywords of one start. */
export const maxKeywords = 200

/** Most groups, and as many channels, that one start is for. */
export const maxAudience = 100

/** The highest priority of a start. */
export const maxPriority = 9

/** Most characters of the label of an end. */
export const maxEndLabelLength = 100

/** Most rules of a split. */
export const maxRules = 100

/** Most entries of a list that a rule compares with, and most characters of each. */
export const maxListEntries = 1_000
export const maxListEntryLength = 1_000

/** Most values that one answer of a server fills. */
export const maxMappedValues = 100

/** Most times that a request is tried again. */
export const maxHttpRetries = 5

/** Most characters of the path to a value of a called flow. */
export const maxPathLength = 200

/** Most names of a split by channel, language or group. */
export const maxEntries = 100

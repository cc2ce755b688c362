/** One tag that templates may use, with what the reference says about it. */
export interface TemplateTag {
  readonly summary: string
  /** Templates over the example values, and what they come to. The reference shows them and a test renders them. */
  readonly examples: readonly (readonly [template: string, text: string])[]
}

/** Every tag there is. None reads a file or another template, and none remembers anything beyond its text. */
export const templateTags: { readonly [name: string]: TemplateTag } = {
  if: {
    summary:
      'A part of a text under a condition, with `elsif` and `else`. Conditions compare by `==`, `!=`, `>`, `>=`, `<`, `<=` and `contains`, and are joined by `and` and `or`.',
    examples: [
      ['{% if vars.count > 2 %}many{% elsif vars.count > 0 %}few{% else %}none{% endif %}', 'many'],
      ['{% if contact.groups contains "vip" %}Dear {{ contact.name }}{% endif %}', 'Dear Éva'],
    ],
  },
  unless: {
    summary: 'A part of a text where a condition does not hold.',
    examples: [['{% unless vars.nickname %}no nickname{% endunless %}', 'no nickname']],
  },
  case: {
    summary: 'One of several parts, by a value.',
    examples: [['{% case vars.count %}{% when 1 %}one{% when 2, 3 %}a few{% else %}many{% endcase %}', 'a few']],
  },
  for: {
    summary:
      'A part once for each item of a list, with `else` for an empty one; `limit`, `offset` and `reversed` choose among the items, `forloop.index`, `.first` and `.last` tell where it is.',
    examples: [
      [
        '{% for item in vars.items %}{{ forloop.index }} {{ item }}{% unless forloop.last %}, {% endunless %}{% endfor %}',
        '1 tea, 2 cake',
      ],
      ['{% for n in (1..9) reversed limit: 3 %}{{ n }}{% endfor %}', '321'],
    ],
  },
  break: {
    summary: 'Ends the loop.',
    examples: [['{% for n in (1..9) %}{% if n > 3 %}{% break %}{% endif %}{{ n }}{% endfor %}', '123']],
  },
  continue: {
    summary: 'Goes on with the next item.',
    examples: [['{% for n in (1..4) %}{% if n == 2 %}{% continue %}{% endif %}{{ n }}{% endfor %}', '134']],
  },
  cycle: {
    summary: 'The next of several texts each time round a loop.',
    examples: [['{% for n in (1..4) %}{% cycle "a", "b" %}{% endfor %}', 'abab']],
  },
  assign: {
    summary: 'Names a value for the rest of this text. Variables of the flow are set by its nodes only.',
    examples: [['{% assign total = vars.price | times: vars.count %}{{ total | round }}', '3704']],
  },
  capture: {
    summary: 'Names a piece of text for the rest of this text.',
    examples: [['{% capture who %}{{ contact.name }}!{% endcapture %}{{ who }}{{ who }}', 'Éva!Éva!']],
  },
  comment: {
    summary: 'A note to oneself, which is not sent.',
    examples: [['Hi{% comment %} friendlier? {% endcomment %}', 'Hi']],
  },
  '#': {
    summary: 'A note of one line.',
    examples: [['Hi{% # friendlier? %}', 'Hi']],
  },
  raw: {
    summary: 'Braces as they are.',
    examples: [['{% raw %}{{ name }}{% endraw %}', '{{ name }}']],
  },
}

import { Button, NativeSelect, Textarea } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { countSegments } from '@textloom/sms'
import { languageName } from '../../shared/words/language-name.ts'
import { commonLanguages } from './model/common-languages.ts'

/** The texts of a message, a field for each language. */
export function VariantTexts(props: {
  readonly texts: { readonly [language: string]: string }
  /** Those of the channel, its own first. */
  readonly languages: readonly string[]
  /** What tells these fields from those of another variant. */
  readonly name: string
  onChange(texts: { [language: string]: string }): void
}) {
  const { texts, languages, name, onChange } = props
  const written = Object.keys(texts)
  const missing = [...new Set([...languages, ...commonLanguages])].filter((tag) => !written.includes(tag))
  return (
    <div className="tl-campaign-texts">
      {written.map((language) => {
        const text = texts[language] ?? ''
        return (
          <div key={language} className="tl-campaign-text">
            <Textarea
              label={`${languageName(language)}${name}`}
              autosize
              minRows={3}
              maxRows={12}
              maxLength={1_600}
              value={text}
              onChange={({ currentTarget }) => onChange({ ...texts, [language]: currentTarget.value })}
            />
            <p className="tl-form-count" data-wide={countSegments(text).encoding === 'ucs2' || undefined}>
              {segmentWords(text)}
            </p>
            {written.length > 1 && (
              <Button
                size="compact-xs"
                variant="subtle"
                color="gray"
                aria-label={`Remove ${languageName(language)}${name}`}
                onClick={() => {
                  const { [language]: _removed, ...rest } = texts
                  onChange(rest)
                }}
              >
                <IconX size={14} aria-hidden />
              </Button>
            )}
          </div>
        )
      })}
      <div className="tl-campaign-more">
        <NativeSelect
          aria-label={`Add a language${name}`}
          size="xs"
          value=""
          data={[
            { value: '', label: 'Add a language…' },
            ...missing.map((tag) => ({ value: tag, label: languageName(tag) })),
          ]}
          onChange={({ currentTarget }) => {
            if (currentTarget.value !== '') onChange({ ...texts, [currentTarget.value]: texts[written[0] ?? ''] ?? '' })
          }}
        />
        <span>
          {'{{ contact.name }}'} and {'{{ contact.fields.… }}'} become what is known of each contact.
        </span>
      </div>
    </div>
  )
}

function segmentWords(text: string): string {
  const { segments, unitsLeft, encoding, ucs2Because } = countSegments(text)
  const count = segments === 1 ? '1 segment' : `${segments} segments`
  const [cause] = ucs2Because
  const why = encoding === 'ucs2' && cause !== undefined ? `; “${cause.character}” makes it UCS-2` : ''
  return `${count}, ${unitsLeft} characters left${why}. Merge fields count as written.`
}

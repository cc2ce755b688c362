import { ActionIcon, Button, FileButton, Menu, Select } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDotsVertical, IconDownload, IconTrash, IconUpload } from '@tabler/icons-react'
import { useMemo } from 'react'
import { toDocument } from '../../document/flow-state.ts'
import { useFlow, useFlowEditor } from '../../document/hooks.tsx'
import { languageName } from '../../shared/words/language-name.ts'
import { languageChoices } from '../../shared/words/languages.ts'
import { missingCount, type TextRow } from './model/translation-rows.ts'
import { exportTranslations, importTranslations } from './translation-files.ts'

interface LanguagesProps {
  readonly rows: readonly TextRow[]
  readonly chosen: string | undefined
  onChoose(language: string): void
}

/** The languages of the flow with what each lacks, and the ways to bring texts out and in. */
export function Languages({ rows, chosen, onChoose }: LanguagesProps) {
  const { commands, isReadOnly } = useFlowEditor()
  const { base, others = [] } = useFlow((flow) => flow.languages)
  const translations = useFlow((flow) => flow.translations)
  const choices = useMemo(
    () => languageChoices(base).filter(({ value }) => value !== base && !others.includes(value)),
    [base, others],
  )
  return (
    <header className="tl-texts-languages">
      <fieldset aria-label="Languages" className="tl-texts-chips">
        {others.map((language) => {
          const missing = missingCount(rows, translations?.[language] ?? {})
          return (
            <button key={language} type="button" aria-pressed={language === chosen} onClick={() => onChoose(language)}>
              {languageName(language)}
              <span data-tone={missing === 0 ? 'good' : 'warn'}>
                {missing === 0 ? 'complete' : `${missing} missing`}
              </span>
            </button>
          )
        })}
      </fieldset>
      {!isReadOnly && (
        <Select
          className="tl-texts-add"
          aria-label="Add a language"
          placeholder="Add a language"
          size="sm"
          data={choices}
          value={null}
          searchable
          nothingFoundMessage="No such language in the list"
          comboboxProps={{ shadow: 'md' }}
          onChange={(language) => {
            if (language === null) return
            commands.addLanguage(language)
            onChoose(language)
          }}
        />
      )}
      <Files chosen={chosen} />
    </header>
  )
}

function Files({ chosen }: { chosen: string | undefined }) {
  const { commands, document, registry, isReadOnly } = useFlowEditor()
  const flow = () => toDocument(document.getState().flow)
  const refused = (error: unknown) =>
    notifications.show({ color: 'red', title: 'That did not work', message: (error as Error).message })
  const take = async (file: File) => {
    const merged = await importTranslations(flow(), file)
    commands.takeTranslations(merged.flow, file.name)
    const texts = merged.changed === 1 ? '1 text is' : `${merged.changed} texts are`
    const added = merged.added.length === 0 ? '' : ` New languages: ${merged.added.map(languageName).join(', ')}.`
    notifications.show({ message: `${texts} new or changed.${added}` })
  }
  return (
    <div className="tl-texts-files">
      {!isReadOnly && (
        <FileButton accept=".csv,.po,text/csv" onChange={(file) => file && void take(file).catch(refused)}>
          {(props) => (
            <Button {...props} variant="default" size="sm" leftSection={<IconUpload size={16} aria-hidden />}>
              Import
            </Button>
          )}
        </FileButton>
      )}
      <Button
        variant="default"
        size="sm"
        leftSection={<IconDownload size={16} aria-hidden />}
        onClick={() => void exportTranslations(flow(), registry, { format: 'csv' }).catch(refused)}
      >
        Export CSV
      </Button>
      {chosen !== undefined && (
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={`More for ${languageName(chosen)}`}>
              <IconDotsVertical size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconDownload size={16} />}
              onClick={() =>
                void exportTranslations(flow(), registry, { format: 'po', language: chosen }).catch(refused)
              }
            >
              Export {languageName(chosen)} as PO
            </Menu.Item>
            {!isReadOnly && (
              <Menu.Item
                leftSection={<IconTrash size={16} />}
                color="red"
                onClick={() => commands.removeLanguage(chosen)}
              >
                Remove {languageName(chosen)} and its texts
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  )
}

import { formatPath, type Json, type JsonObject } from '@textloom/core'
import { DaysControl } from './fields/DaysControl.tsx'
import { DurationControl } from './fields/DurationControl.tsx'
import { FieldShell } from './fields/FieldShell.tsx'
import { FlowControl } from './fields/FlowControl.tsx'
import { ListControl } from './fields/ListControl.tsx'
import {
  ContactFieldControl,
  NewNameControl,
  OperandControl,
  ResultControl,
  VariableControl,
} from './fields/NameControl.tsx'
import { PairsControl } from './fields/PairsControl.tsx'
import {
  ChoiceControl,
  type ControlProps,
  ExpressionControl,
  NumberControl,
  SwitchControl,
  TextControl,
  WordsControl,
} from './fields/simple-fields.tsx'
import { TemplatesControl } from './fields/TemplatesControl.tsx'
import { JsonControl, MessageControl, TemplateControl, TextBlockControl } from './fields/TextControls.tsx'
import { MomentControl, TimeControl, ZoneControl } from './fields/time-fields.tsx'
import { WeeklyHoursControl } from './fields/WeeklyHoursControl.tsx'
import { WeightControl } from './fields/WeightControl.tsx'
import { type Field, type FieldKind, shownFields } from './model/field-model.ts'
import { isObject } from './model/row-model.ts'

type Path = readonly (string | number)[]

/** How a form changes what it shows. Paths are within the node's data. */
export interface FormEdits {
  /** Sets one value; the fields around it come and go with it. */
  set(path: Path, siblings: readonly Field[], value: Json | undefined): void
  /** Changes a list in one labelled step. */
  editList(path: Path, label: string, change: (list: readonly Json[]) => readonly Json[]): void
}

interface FormFieldProps {
  readonly field: Field
  readonly siblings: readonly Field[]
  readonly value: Json | undefined
  readonly path: Path
  readonly edits: FormEdits
  readonly onRemove?: (() => void) | undefined
  /** In a row the placeholder says what a label would. */
  readonly isInRow?: boolean
  /** All entries of the list that it is in. */
  readonly rows?: readonly Json[] | undefined
}

const controls: Readonly<Record<Exclude<FieldKind, 'list'>, (props: ControlProps) => React.ReactNode>> = {
  message: MessageControl,
  'text-block': TextBlockControl,
  template: TemplateControl,
  expression: ExpressionControl,
  text: TextControl,
  number: NumberControl,
  duration: DurationControl,
  name: NewNameControl,
  'contact-field': ContactFieldControl,
  result: ResultControl,
  flow: FlowControl,
  variable: VariableControl,
  operand: OperandControl,
  choice: ChoiceControl,
  switch: SwitchControl,
  words: WordsControl,
  templates: TemplatesControl,
  pairs: PairsControl,
  json: JsonControl,
  'weekly-hours': WeeklyHoursControl,
  days: DaysControl,
  moment: MomentControl,
  time: TimeControl,
  zone: ZoneControl,
  weight: WeightControl,
}

/** One field of a form, whatever its kind. */
export function FormField({ field, siblings, value, path, edits, onRemove, isInRow = false, rows }: FormFieldProps) {
  const { kind, row, title, description } = field
  return (
    <FieldShell
      place={formatPath(path)}
      label={title}
      help={description}
      onRemove={onRemove}
      isCompact={isInRow}
      isInline={kind === 'switch' || (kind === 'number' && !isInRow)}
      showsParts={kind === 'list'}
    >
      {(ids) => {
        if (kind === 'list' && row) {
          return (
            <ListControl
              field={field}
              row={row}
              value={value}
              path={path}
              onEdit={(label, change) => edits.editList(path, label, change)}
              renderRow={(entry, rowPath) => (
                <RowFields
                  row={row.fields}
                  entry={entry}
                  rows={Array.isArray(value) ? value : []}
                  path={rowPath}
                  edits={edits}
                />
              )}
            />
          )
        }
        const Control = controls[kind === 'list' ? 'json' : kind]
        return (
          <Control
            field={field}
            value={value}
            ids={ids}
            isInRow={isInRow}
            {...(rows ? { rows } : {})}
            onChange={(next) => edits.set(path, siblings, next)}
          />
        )
      }}
    </FieldShell>
  )
}

/** The fields of one entry of a list. */
function RowFields(props: {
  row: readonly Field[]
  entry: JsonObject
  rows: readonly Json[]
  path: Path
  edits: FormEdits
}) {
  const { row, entry, rows, path, edits } = props
  const data = isObject(entry) ? entry : {}
  return shownFields(row, data).map((field) => (
    <FormField
      key={field.key}
      field={field}
      siblings={row}
      value={data[field.key]}
      path={[...path, field.key]}
      edits={edits}
      rows={rows}
      isInRow
    />
  ))
}

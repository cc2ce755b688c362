import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { PeopleSearch } from './model/people-search.ts'

/** The list as a file: those whom it shows, in either form. */
export function ExportMenu({ search: { sort: _sort, ...narrowed } }: { readonly search: PeopleSearch }) {
  const href = (format: string) => `/api/v1/contacts/export?${new URLSearchParams({ ...narrowed, format })}`
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="subtle" color="gray" size="compact-sm" leftSection={<IconDownload size={15} aria-hidden />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={href('xlsx')}>
          Excel workbook
        </Menu.Item>
        <Menu.Item component="a" href={href('csv')}>
          CSV
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

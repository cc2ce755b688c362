import { Button } from '@mantine/core'
import './page.css'

interface MoreButtonProps {
  readonly children: string
  /** The list that goes on. */
  readonly list: {
    readonly hasNextPage: boolean
    readonly isFetchingNextPage: boolean
    fetchNextPage(): Promise<unknown>
  }
}

/** Leads on from the end of a list; nothing where it ends. */
export function MoreButton({ children, list }: MoreButtonProps) {
  if (!list.hasNextPage) return null
  return (
    <Button
      className="tl-more"
      variant="default"
      loading={list.isFetchingNextPage}
      onClick={() => void list.fetchNextPage()}
    >
      {children}
    </Button>
  )
}

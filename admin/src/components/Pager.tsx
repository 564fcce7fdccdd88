// The pages below a list; they wait while what is shown still belongs to other filters.
import { useEffect, useState } from 'react';
import { Pagination, useListContext, type PaginationProps } from 'react-admin';

/**
 * The pages of the list around it; `of` is what it lists, where filters do not tell all of that.
 *
 * Until the answer to new filters is there, the list shows what the old ones had found, and the number of pages is
 * theirs as well. When the right number comes, the buttons move: a click that aims at one would hit another. So they
 * wait for the answer, and a click that began before it counts for nothing.
 */
export function Pager({ of, ...props }: PaginationProps & { of?: string }) {
  const { filterValues, isPlaceholderData } = useListContext();
  const asked = JSON.stringify([filterValues, of]);
  const [answered, setAnswered] = useState(asked);
  useEffect(() => {
    if (!isPlaceholderData) setAnswered(asked);
  }, [asked, isPlaceholderData]);
  // The pages take `disabled`; only their types do not tell so.
  const passed = { ...props, disabled: isPlaceholderData && asked !== answered };
  return <Pagination key={answered} rowsPerPageOptions={[25, 50, 100]} {...passed} />;
}

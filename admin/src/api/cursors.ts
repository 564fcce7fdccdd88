// Remembers where the next page of a list begins, so that paging forward stays exact and fast however deep.

const MAX_LISTS = 100;
/** A place that is older is forgotten: whoever comes back late expects the page by its number. */
const LIFETIME = 10 * 60_000;

interface Place {
  cursor: string;
  at: number;
}

/** Cursors by list and page. */
export class Cursors {
  private lists = new Map<string, Map<number, Place>>();

  /** The cursor with which `page` of the list begins, if the page before was seen lately. */
  startOf(list: string, page: number): string | undefined {
    const place = this.lists.get(list)?.get(page - 1);
    return place && Date.now() - place.at < LIFETIME ? place.cursor : undefined;
  }

  /** Notes what came after `page` of the list; nothing when it was the last. */
  note(list: string, page: number, next: string | null | undefined): void {
    const pages = this.lists.get(list) ?? new Map<number, Place>();
    // Most recently used last, so that the first to go is the one longest unused.
    this.lists.delete(list);
    this.lists.set(list, pages);
    if (next) pages.set(page, { cursor: next, at: Date.now() });
    else pages.delete(page);
    const oldest = this.lists.keys().next().value;
    if (this.lists.size > MAX_LISTS && oldest !== undefined) this.lists.delete(oldest);
  }

  /** Forgets the places in one list. */
  forget(list: string): void {
    this.lists.delete(list);
  }

  /** Forgets everything. */
  clear(): void {
    this.lists.clear();
  }
}

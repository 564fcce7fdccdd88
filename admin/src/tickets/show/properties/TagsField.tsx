// The tags of a ticket: put on, taken off, and made anew by those who may.
import { Autocomplete, TextField } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useDataProvider, useGetList, useGetMany, useTranslate } from 'react-admin';
import type { StoaDataProvider } from '../../../dataProvider';
import type { Tag } from '../../../types';
import { useTicketPage } from '../context';

/** An entry that is not a tag yet. */
interface NewTag {
  id: '';
  name: string;
}

/** Saves with every tag that is added or removed. */
export function TagsField() {
  const t = useTranslate();
  const { ticket, rights, save, refuse } = useTicketPage();
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const dataProvider = useDataProvider<StoaDataProvider>();
  const queryClient = useQueryClient();
  const ids = ticket.tag_ids;
  const { data: chosen = [] } = useGetMany<Tag>('tags', { ids }, { enabled: ids.length > 0 });
  const prefix = text.trim().toLowerCase();
  const { data: found = [], isFetching } = useGetList<Tag>(
    'tags',
    {
      filter: prefix ? { name_prefix: prefix } : {},
      sort: { field: 'name', order: 'ASC' },
      pagination: { page: 1, perPage: 50 },
    },
    { enabled: open, placeholderData: before => before }
  );
  const value: (Tag | NewTag)[] = ids.length ? chosen.filter(tag => tag && ids.includes(tag.id)) : [];
  const known = [...found, ...value].some(tag => tag.name.toLowerCase() === prefix);
  const makes = rights.createTags && prefix !== '' && !known && !isFetching;
  const options: (Tag | NewTag)[] = makes ? [...found, { id: '', name: text.trim() }] : found;

  const change = async (wanted: (Tag | NewTag)[]) => {
    const made: string[] = [];
    try {
      for (const tag of wanted.filter(one => one.id === '')) {
        const { data } = await dataProvider.create<Tag>('tags', { data: { name: tag.name } });
        made.push(data.id);
      }
    } catch (error) {
      refuse(error);
      return;
    }
    if (made.length) void queryClient.invalidateQueries({ queryKey: ['tags', 'getList'] });
    setText('');
    // What is not shown (yet) was not taken off.
    const unseen = ids.filter(id => !value.some(tag => tag.id === id));
    await save({ tag_ids: [...new Set([...unseen, ...wanted.map(tag => tag.id).filter(Boolean), ...made])] });
  };

  return (
    <Autocomplete
      multiple
      fullWidth
      disableCloseOnSelect
      open={open}
      onOpen={() => setOpen(true)}
      onClose={() => setOpen(false)}
      options={options}
      loading={open && isFetching}
      value={value}
      inputValue={text}
      onInputChange={(_, typed, why) => {
        // A reset comes with every new list of values; what is being typed survives it.
        if (why === 'input' || why === 'clear') setText(typed);
        else if (why === 'blur') setText('');
      }}
      filterOptions={all => all}
      filterSelectedOptions
      getOptionLabel={tag => tag.name}
      getOptionKey={tag => tag.id || `new ${tag.name}`}
      isOptionEqualToValue={(one, other) => one.id === other.id}
      renderOption={({ key, ...props }, tag) => (
        <li key={key} {...props}>
          {tag.id ? tag.name : t('stoa.ticket.properties.new_tag', { name: tag.name })}
        </li>
      )}
      onChange={(_, wanted) => void change(wanted)}
      renderInput={params => <TextField {...params} label={t('resources.tickets.fields.tag_ids')} margin="none" />}
    />
  );
}

// How categories are named and sorted for those who choose one.
import { expect, it } from 'vitest';
import { toChoices } from './useCategories';

const category = (id: string, name: string, parent_id: string | null) => ({ id, name, parent_id, description: null });

it('names a category with those above it', () => {
  const choices = toChoices([
    category('3', 'Refunds', '2'),
    category('2', 'Billing', null),
    category('1', 'Bugs', 'hidden'),
  ]);
  expect(choices.map(choice => choice.name)).toEqual(['Billing', 'Billing › Refunds', 'Bugs']);
});

it('survives a circle', () => {
  expect(toChoices([category('1', 'One', '2'), category('2', 'Two', '1')])).toHaveLength(2);
});

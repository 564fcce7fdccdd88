// Names of the fields that every record has.
export const recordFields = {
  created_at: 'Created',
  created_by: 'Created by',
  updated_at: 'Updated',
  updated_by: 'Updated by',
  version: 'Version',
};

// Words of the operators' pages of companies.
export const companies = {
  status: { active: 'Active', suspended: 'Suspended' },
  platform: 'The platform',
  panel: 'The company',
  address: 'Short name: %{slug}',
  inside: 'You act in %{name}, so only this company is here. Leave it to see all.',
  leaveFirst: 'Leave the company first',
  leaveFirstBody:
    'You act in %{name}. A company is not opened inside another one: leave it with the button in the bar above.',
  createNote: 'After this, act in the company to add its first administrator under “People”.',
  slugHelp: 'Unique on the platform. It cannot be changed later.',
  slugInvalid: 'Must be 2 to 40 lower-case letters, digits and hyphens, beginning with a letter.',
  support: {
    off: 'You cannot look inside; then nobody can add its first administrator either.',
    read: 'You can look inside, not add its first administrator.',
    write: 'You can look and help. The company can change this at any time.',
  },
  act: { column: 'Act', action: 'Act in it', closed: 'Not admitted' },
  actNote: {
    off: 'The company does not admit operators. Its administrators can change that in their settings.',
    read: 'The company admits operators for reading. Every look is in its audit log.',
    write: 'The company admits operators. Everything you do inside is in its audit log, with your reason.',
  },
  suspend: {
    action: 'Suspend',
    title: 'Suspend %{name}?',
    body: 'Everybody of the company is logged out at once and cannot log in until you resume it. Nothing is deleted.',
    done: '%{name} is suspended',
  },
  resume: {
    action: 'Resume',
    title: 'Resume %{name}?',
    body: 'The people of the company can log in again.',
    done: '%{name} is active again',
  },
};

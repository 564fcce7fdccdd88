// Words of the company's settings.
export const settings = {
  title: 'Settings',
  helpdesk: 'Helpdesk',
  company: 'Company',
  readOnly: 'You can look at the settings. Administrators change them.',
  outside: 'Settings belong to a company',
  outsideBody: 'Act in a company to see and change how its helpdesk works.',
  strategy: 'How tickets without a department are assigned',
  prefixInvalid: 'Must be 1 to 10 capital letters and digits, beginning with a letter.',
  registration: 'Address for registration',
  noRole: 'Of nobody',
  logo: 'Address of the logo',
  colour: 'Main colour',
  colourPreview: 'How text looks on it',
  help: {
    ticket_prefix: 'New tickets are numbered like %{example}. Those that exist keep theirs.',
    auto_close_hours: 'One day; then it is closed for good. |||| %{smart_count} days; then they are closed for good.',
    client_priority: 'Clients say themselves how urgent their requests are.',
    self_registration: 'People make accounts of their own as clients; each confirms the address first.',
    mfa_required_roles:
      'Whoever has none sets it up before anything else, those who are logged in at once.',
    timezone: 'Days in reports begin and end in it.',
    locale: 'For people who have not chosen a language.',
    logo: 'A picture on this server. Pictures from elsewhere are not shown.',
    colour: 'Such as #1a73e8.',
  },
  support: {
    off: { title: 'None', body: 'Operators of the platform see nothing inside the company.' },
    read: { title: 'Read', body: 'Operators can look inside. Every look is in your audit log.' },
    write: {
      title: 'Read and write',
      body: 'Operators can look and help. Each act is in your audit log with their reason.',
    },
  },
};

// The records of Stoa's API as the server answers them; this file only names them.
export * from './base';
export * from './company';
export * from './integrations';
export * from './jobs';
export * from './keys';
export * from './mail';
export * from './ticket';
export * from './other';
export * from './upload';

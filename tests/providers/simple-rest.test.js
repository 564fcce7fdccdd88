// ra-data-simple-rest as it is published, against a live server.

import simpleRestProvider from 'ra-data-simple-rest';
import { apiUrl, clientAs } from './client.js';
import { contract } from './contract.js';

contract(
    'page',
    'simple-rest',
    simpleRestProvider(apiUrl, clientAs('company_admin')),
    simpleRestProvider(apiUrl, clientAs('client'))
);

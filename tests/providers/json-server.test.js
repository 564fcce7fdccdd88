// ra-data-json-server as it is published, against a live server.

import jsonServerProvider from 'ra-data-json-server';
import { apiUrl, clientAs } from './client.js';
import { contract } from './contract.js';

contract(
    'page',
    'json-server',
    jsonServerProvider(apiUrl, clientAs('company_admin')),
    jsonServerProvider(apiUrl, clientAs('client'))
);

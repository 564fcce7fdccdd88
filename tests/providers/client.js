// The fetch of a logged-in administrator, as a React Admin application hands it to its data provider.

import { readFileSync } from 'node:fs';
import { fetchUtils } from 'ra-core';

const live = JSON.parse(readFileSync(process.env.LIVE_FILE, 'utf8'));

export const apiUrl = `${live.url}/api`;

export const clientAs = role => (url, options = {}) =>
    fetchUtils.fetchJson(url, {
        ...options,
        user: { authenticated: true, token: `Bearer ${live.tokens[role]}` },
    });

import { existsSync } from 'node:fs';

/** Where a Chromium may lie; `FALSUM_BROWSER` comes first. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A Chromium that is installed on this machine, or null. */
export function installedBrowser(): string | null {
  const wanted = process.env['FALSUM_BROWSER'];
  return [...(wanted ? [wanted] : []), ...PLACES].find((place) => existsSync(place)) ?? null;
}

/** Flags that keep the browser itself from making requests of its own. */
export const QUIET_BROWSER = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** What a page may do: run its own scripts and show its own data. It leaves no way to another host. */
const POLICY = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval' data: blob:",
  "style-src 'unsafe-inline' data: blob:",
  'img-src data: blob:',
  'font-src data: blob:',
  'media-src data: blob:',
  'connect-src data: blob:',
  "frame-src 'self' data: blob:",
  'worker-src data: blob:',
  "form-action 'none'",
].join('; ');

const ANALYTICS_LOADER =
  /<script\b[^>]*\bsrc="https?:\/\/www\.googletagmanager\.com\/[^"]*"[^>]*>\s*<\/script>/g;
const ANALYTICS_CALL = /<script>\s*window\.dataLayer\b[\s\S]*?<\/script>/g;

/**
 * The page without its analytics, and with a content security policy that forbids requests to any
 * other host, whatever its scripts try.
 *
 * @throws RangeError when the page has no `<head>`, or when something that would be loaded from
 *   outside is left
 */
export function selfContained(html: string): string {
  const stripped = html.replace(ANALYTICS_LOADER, '').replace(ANALYTICS_CALL, '');
  const head = /<head\b[^>]*>/.exec(stripped);
  if (!head) throw new RangeError('selfContained: the page must have a <head>, got none');
  const at = head.index + head[0].length;
  const page = `${stripped.slice(0, at)}\n    <meta http-equiv="Content-Security-Policy" content="${POLICY}">${stripped.slice(at)}`;
  const left = externalReferences(page);
  if (left.length > 0) {
    throw new RangeError(
      `selfContained: the page must load nothing from outside, got ${left.join(', ')}`,
    );
  }
  return page;
}

const LOADING_TAG =
  /<(?:script|link|img|image|iframe|frame|source|video|audio|embed|object|track|input|use|base)\b[^>]*>/gi;
const LOADING_ATTRIBUTE =
  /\s(?:src|href|xlink:href|srcset|data|poster)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/gi;
const STYLE_URL = /url\(\s*['"]?((?:https?:)?\/\/[^'")]+)|@import\s+['"]((?:https?:)?\/\/[^'"]+)/gi;

/** Addresses outside the page that its markup would load; what scripts may do, the policy decides. */
export function externalReferences(html: string): string[] {
  const scriptless = html.replaceAll(/(<script\b[^>]*>)[\s\S]*?<\/script>/gi, '$1</script>');
  const found: string[] = [];
  for (const [tag] of scriptless.matchAll(LOADING_TAG)) {
    for (const [, double, single, bare] of tag.matchAll(LOADING_ATTRIBUTE)) {
      const address = (double ?? single ?? bare).trim();
      if (isOutside(address)) found.push(address);
    }
  }
  for (const [, url, imported] of scriptless.matchAll(STYLE_URL)) found.push(url ?? imported);
  return found;
}

// Relative addresses leave the page too: it must be one file.
function isOutside(address: string): boolean {
  return address !== '' && !/^(?:data:|blob:|#|about:)/i.test(address);
}

export { checkCertificate } from './check.js';
export type { CheckResult } from './check.js';

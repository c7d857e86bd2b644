/** What each worker thread of a hunt runs. */
export { runJob as default } from './run-job.js';

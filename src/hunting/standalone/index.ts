export { standaloneText } from './bundle.js';

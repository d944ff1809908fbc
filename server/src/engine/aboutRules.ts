/** What is known of every rule, for those who read what users decide about rules. */
export { ABOUT_RULES } from '../rules/index.ts';

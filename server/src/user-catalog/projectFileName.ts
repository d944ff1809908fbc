/** The file in which a project describes what is its own. */
export const PROJECT_FILE = '.api-guard.json';

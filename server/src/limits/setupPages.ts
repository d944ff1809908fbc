import { groupOf } from './groups.ts';
import type { LimitGroup } from './groups.ts';

const COMPANY_INFORMATION = 'lightning/setup/CompanyProfileInfo/home';

/** Pages of Setup that show what a group's limits count. Company Information has the requests of the last day and the monthly entitlements. */
const PAGES: Record<LimitGroup, string> = {
  api: COMPANY_INFORMATION,
  bulk: 'lightning/setup/AsyncApiJobStatus/home',
  events: COMPANY_INFORMATION,
  storage: 'lightning/setup/CompanyResourceDisk/home',
  email: COMPANY_INFORMATION,
  apex: 'lightning/setup/AsyncApexJobs/home',
  analytics: COMPANY_INFORMATION,
  other: 'lightning/setup/SystemOverview/home',
};

/** Path of the page in Setup where a limit's use can be looked into, without a leading slash. */
export function setupPageOf(name: string): string {
  return PAGES[groupOf(name)];
}

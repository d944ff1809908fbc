import type { Fault, FaultOperation } from '../../server/src/simulator/faults.ts';
import type { Shape } from './shapes.ts';

/** Something that goes wrong between code and org. */
export interface OrgFault {
  name: string;
  /** What the org does to a request of this kind; the session ends where nothing is given. */
  fault?(operation: FaultOperation): Fault;
  /** What a retry makes of it: `cures` any request, `repeatable` only one that may be applied twice, `renewal` only with a new login, `nothing` is right for what lasts. */
  curedBy: 'refusal' | 'repeatable' | 'renewal' | 'nothing';
  /** Whether the org carries out the request that fails. */
  applied?: true;
}

/** The faults that integrations meet, one after the other on the first request. */
export const ORG_FAULTS: OrgFault[] = [
  { name: 'two locks', curedBy: 'refusal', fault: (operation) => ({ operation, kind: 'error', code: 'UNABLE_TO_LOCK_ROW', times: 2 }) },
  { name: '503 from Salesforce', curedBy: 'refusal', fault: (operation) => ({ operation, kind: 'error', code: 'SERVER_UNAVAILABLE', times: 1 }) },
  { name: '503 on the way there', curedBy: 'repeatable', fault: (operation) => ({ operation, kind: 'status', status: 503, applied: false, times: 1 }) },
  { name: '503 on the way back', curedBy: 'repeatable', applied: true, fault: (operation) => ({ operation, kind: 'status', status: 503, applied: true, times: 1 }) },
  { name: 'concurrent limit', curedBy: 'refusal', fault: (operation) => ({ operation, kind: 'error', code: 'REQUEST_LIMIT_EXCEEDED', concurrent: true, times: 1 }) },
  { name: 'expired session', curedBy: 'renewal' },
  { name: 'reset before', curedBy: 'repeatable', fault: (operation) => ({ operation, kind: 'reset', applied: false, times: 1 }) },
  { name: 'reset after', curedBy: 'repeatable', applied: true, fault: (operation) => ({ operation, kind: 'reset', applied: true, times: 1 }) },
  { name: 'daily limit', curedBy: 'nothing', fault: (operation) => ({ operation, kind: 'error', code: 'REQUEST_LIMIT_EXCEEDED' }) },
  { name: 'validation', curedBy: 'nothing', fault: (operation) => ({ operation, kind: 'error', code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Too late', fields: ['Name'] }) },
  { name: 'endless locks', curedBy: 'nothing', fault: (operation) => ({ operation, kind: 'error', code: 'UNABLE_TO_LOCK_ROW' }) },
];

/** Whether code with a retry gets through a fault. */
export function isCured({ curedBy }: OrgFault, { operation, sends, renews }: Shape): boolean {
  return curedBy === 'refusal' || (curedBy === 'repeatable' && !['create', 'delete'].includes(sends ?? operation)) || (curedBy === 'renewal' && renews === true);
}

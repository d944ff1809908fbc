import { failure } from './apiFailure.ts';

/** A limit as /limits shows it, in the limit's own unit (requests, megabytes, events). */
export interface LimitValue {
  Max: number;
  Remaining: number;
}

interface Row {
  name: string;
  max: number;
  used: number;
  /** First and last API version whose /limits names it. */
  since?: number;
  until?: number;
}

/**
 * What a small Enterprise org with 15 licences would show. Names and the versions they appear in follow the Limits resource of the
 * REST API Developer Guide. Data storage is nearly full and daily API requests are close to their limit; the rest is calm.
 */
const rows: readonly Row[] = [
  { name: 'ActiveScratchOrgs', max: 40, used: 2 },
  { name: 'AnalyticsExternalDataSizeMB', max: 40960, used: 0 },
  { name: 'CdpAiInferenceApiMonthlyLimit', max: 500_000_000, used: 0 },
  { name: 'ConcurrentAsyncGetReportInstances', max: 200, used: 0 },
  { name: 'ConcurrentEinsteinDataInsightsStoryCreation', max: 5, used: 0 },
  { name: 'ConcurrentEinsteinDiscoveryStoryCreation', max: 2, used: 0 },
  { name: 'ConcurrentSyncReportRuns', max: 20, used: 1 },
  { name: 'ContentDistBandwidthLimitMB', max: 20480, used: 310 },
  { name: 'ContentDistViewLimit', max: 20000, used: 412 },
  { name: 'ContentPublicationLimit', max: 5000, used: 37 },
  { name: 'DailyAnalyticsDataflowJobExecutions', max: 60, used: 4 },
  { name: 'DailyAnalyticsUploadedFilesSizeMB', max: 51200, used: 0 },
  { name: 'DailyApexCursorLimit', max: 10000, used: 0, since: 62 },
  { name: 'DailyApexCursorRowsLimit', max: 100_000_000, used: 0, since: 62 },
  { name: 'DailyApexPCursorLimit', max: 200_000, used: 0, since: 62 },
  { name: 'DailyApiRequests', max: 115_000, used: 89_650 },
  { name: 'DailyAsyncApexExecutions', max: 250_000, used: 21_740 },
  { name: 'DailyAsyncApexTests', max: 500, used: 0, since: 56 },
  { name: 'DailyBulkApiBatches', max: 15000, used: 1206, since: 49 },
  { name: 'DailyBulkApiRequests', max: 15000, used: 1206, until: 48 },
  { name: 'DailyBulkV2QueryFileStorageMB', max: 976_562, used: 8300, since: 47 },
  { name: 'DailyBulkV2QueryJobs', max: 10000, used: 318, since: 47 },
  { name: 'DailyDeliveredPlatformEvents', max: 50000, used: 6120 },
  { name: 'DailyDurableGenericStreamingApiEvents', max: 10000, used: 0, since: 37 },
  { name: 'DailyDurableStreamingApiEvents', max: 10000, used: 95, since: 37 },
  { name: 'DailyEinsteinDataInsightsStoryCreation', max: 1000, used: 0 },
  { name: 'DailyEinsteinDiscoveryOptimizationJobRuns', max: 25, used: 0 },
  { name: 'DailyEinsteinDiscoveryPredictAPICalls', max: 50000, used: 0 },
  { name: 'DailyEinsteinDiscoveryPredictionsByCDC', max: 500_000, used: 0 },
  { name: 'DailyEinsteinDiscoveryStoryCreation', max: 100, used: 0 },
  { name: 'DailyFunctionsApiCallLimit', max: 235_000, used: 0, since: 53 },
  { name: 'DailyGenericStreamingApiEvents', max: 10000, used: 0, until: 36 },
  { name: 'DailyMetadataRetrievesWithDependencies', max: 500, used: 3, since: 64 },
  { name: 'DailyScratchOrgs', max: 80, used: 5 },
  { name: 'DailyStandardVolumePlatformEvents', max: 25000, used: 800 },
  { name: 'DailyStreamingApiEvents', max: 10000, used: 95, until: 36 },
  { name: 'DailyWorkflowEmails', max: 15000, used: 530 },
  { name: 'DataStorageMB', max: 10240, used: 9421 },
  { name: 'DurableStreamingApiConcurrentClients', max: 20, used: 2, since: 37 },
  { name: 'FileStorageMB', max: 10240, used: 3110 },
  { name: 'HourlyAsyncReportRuns', max: 1200, used: 14 },
  { name: 'HourlyDashboardRefreshes', max: 200, used: 6 },
  { name: 'HourlyDashboardResults', max: 5000, used: 41 },
  { name: 'HourlyDashboardStatuses', max: 999_999_999, used: 0 },
  { name: 'HourlyElevateAsyncReportRuns', max: 500, used: 0, since: 62 },
  { name: 'HourlyElevateSyncReportRuns', max: 500, used: 0, since: 62 },
  { name: 'HourlyLongTermIdMapping', max: 100_000, used: 0 },
  { name: 'HourlyManagedContentPublicRequests', max: 50000, used: 0 },
  { name: 'HourlyODataCallout', max: 20000, used: 0 },
  { name: 'HourlyPublishedPlatformEvents', max: 250_000, used: 2210 },
  { name: 'HourlyPublishedStandardVolumePlatformEvents', max: 1000, used: 12 },
  { name: 'HourlyShortTermIdMapping', max: 100_000, used: 0 },
  { name: 'HourlySyncReportRuns', max: 500, used: 22 },
  { name: 'HourlyTimeBasedWorkflow', max: 1000, used: 18 },
  { name: 'MassEmail', max: 5000, used: 260 },
  { name: 'MaxContentDocumentsLimit', max: 30_000_000, used: 18_422 },
  { name: 'MonthlyEinsteinDiscoveryStoryCreation', max: 500, used: 0 },
  { name: 'MonthlyPlatformEvents', max: 300_000, used: 64_000, until: 47 },
  { name: 'MonthlyPlatformEventsUsageEntitlement', max: 0, used: 0, since: 48 },
  { name: 'Package2VersionCreates', max: 6, used: 1 },
  { name: 'Package2VersionCreatesWithoutValidation', max: 500, used: 0 },
  { name: 'PermissionSets', max: 1500, used: 64, since: 41 },
  { name: 'PlatformEventTriggersWithParallelProcessing', max: 5, used: 1 },
  { name: 'PrivateConnectOutboundCalloutHourlyLimitMB', max: 0, used: 0 },
  { name: 'PublishCallbackUsageInApex', max: 5, used: 0 },
  { name: 'ScheduledFlowRunLimit', max: 250_000, used: 1030 },
  { name: 'ScheduledPathRunLimit', max: 250_000, used: 214 },
  { name: 'SingleEmail', max: 5000, used: 1480 },
  { name: 'StreamingApiConcurrentClients', max: 20, used: 2, until: 36 },
];

/** PermissionSets carries the count of custom ones inside. */
const customPermissionSets: LimitValue = { Max: 1000, Remaining: 958 };

const apiRequests = 'DailyApiRequests';

/** The org's limits: each API request counts, and stored records fill the storage. */
export class OrgLimits {
  private readonly values = new Map<string, LimitValue>();
  private readonly startRecords: number;

  /** @param startRecords number of records at the start; the storage row already counts them. */
  constructor(startRecords: number) {
    this.startRecords = startRecords;
    for (const row of rows) this.values.set(row.name, { Max: row.max, Remaining: row.max - row.used });
  }

  /**
   * Counts one API request.
   * @throws ApiFailure REQUEST_LIMIT_EXCEEDED (403, the daily form) when none is left.
   */
  countRequest(): void {
    const limit = this.values.get(apiRequests);
    if (!limit) return;
    if (limit.Remaining <= 0) throw failure(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
    limit.Remaining--;
  }

  /** Value of the Sforce-Limit-Info header. */
  header(): string {
    const limit = this.values.get(apiRequests) ?? { Max: 0, Remaining: 0 };
    return `api-usage=${String(limit.Max - limit.Remaining)}/${String(limit.Max)}`;
  }

  /** Sets limits, also ones that the table does not know. */
  set(values: Record<string, LimitValue>): void {
    for (const [name, value] of Object.entries(values)) this.values.set(name, { Max: value.Max, Remaining: value.Remaining });
  }

  /**
   * Body of /limits in this API version.
   * @param records number of records in the org now; Salesforce counts 2 kB for most of them.
   */
  read(version: number, records: number): Record<string, LimitValue & { CreateCustom?: LimitValue }> {
    const body: Record<string, LimitValue & { CreateCustom?: LimitValue }> = {};
    const grown = Math.round(((records - this.startRecords) * 2) / 1024);
    for (const [name, value] of this.values) {
      const row = rows.find((one) => one.name === name);
      if (row && (version < (row.since ?? 0) || version > (row.until ?? Infinity))) continue;
      body[name] = { ...value, ...(name === 'DataStorageMB' ? { Remaining: value.Remaining - grown } : {}) };
      if (name === 'PermissionSets') body[name] = { ...value, CreateCustom: { ...customPermissionSets } };
    }
    return body;
  }
}

/**
 * API version of requests for limits. Salesforce upgrades every org three times a year, so an org of today knows it; a newer one would only add
 * keys, an older one would lose some (Apex cursors, metadata retrieves).
 */
export const API_VERSION = '64.0';

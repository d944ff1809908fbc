import jsforce from 'jsforce';

/** The connection that every part of the integration shares. */
export function salesforce(): jsforce.Connection {
  return new jsforce.Connection({
    instanceUrl: process.env.SALESFORCE_URL,
    accessToken: process.env.SALESFORCE_TOKEN,
    version: '62.0',
  });
}

import { Client, SessionExpired } from 'acme-crm';
import http from 'acme-http';

const client = new Client('https://acme.my.salesforce.com');

export async function login(user, password) {
  await client.login(user, password);
}

export async function readAll(soql) {
  let page = await client.query(soql);
  const rows = [...page.records];
  while (!page.done) {
    page = await client.queryMore(page.nextRecordsUrl);
    rows.push(page.records);
  }
  return rows;
}

export async function saveAll(rows) {
  const results = await client.createAll(rows);
  for (const result of results) {
    if (!result.success) throw new Error(`not saved: ${result.id}`);
  }
}

export async function publish(event) {
  const response = await http.post('https://acme.my.salesforce.com/services/data/v60.0/sobjects/Order__e', event);
  if (response.status >= 400) throw new Error('refused');
  return response.status;
}

export async function withRetry(work) {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (error.errorCode !== 'UNABLE_TO_LOCK_ROW') throw error;
    }
  }
  throw new Error('gave up');
}

export async function retrieve(id) {
  try {
    return await client.retrieve(id);
  } catch (error) {
    if (error instanceof SessionExpired) {
      await client.login(process.env.CRM_USER, process.env.CRM_PASSWORD);
      return await client.retrieve(id);
    }
    throw error;
  }
}

export async function copy() {
  const rows = await readAll('SELECT Id, Name FROM Account');
  await withRetry(() => saveAll(rows));
}

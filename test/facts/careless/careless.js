import { Client } from 'acme-crm';

const client = new Client('https://acme.my.salesforce.com');

export async function add(row) {
  await client.create('Account', row);
}

export async function drop(row) {
  try {
    await client.create('Account', row);
  } catch (error) {
    console.debug('not saved');
  }
}

export async function find(id) {
  try {
    return await client.retrieve('Account', id);
  } catch (error) {
    throw new Error('not found');
  }
}

export async function readFirst() {
  const page = await client.query('SELECT Id FROM Account');
  for (const row of page.records) console.log(row.Name);
}

export async function importRows(rows) {
  await client.importAll(rows);
}

export async function again(row) {
  for (;;) {
    try {
      await client.create('Account', row);
      return;
    } catch (error) {
      console.log('once more');
    }
  }
}

export async function each(rows) {
  for (const row of rows) {
    await client.create('Contact', row);
  }
}

export async function spelt(row) {
  try {
    await client.create('Account', row);
  } catch (error) {
    if (error.errorCode !== 'DUPLICATE_DETECTED') throw error;
    console.log('there already');
  }
}

export async function twice(row) {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      await client.create('Account', row);
      return;
    } catch (error) {
      console.log('once more');
    }
  }
  throw new Error('gave up');
}

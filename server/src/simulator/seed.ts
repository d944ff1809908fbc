import type { Store } from './store.ts';
import { findObjectType } from './schema.ts';
import type { FieldValue } from './validate.ts';

/** Login name of the Demo org's administrator. */
export const adminUsername = 'admin@demo-org.example';

const companies = [
  'Alder & Finch Bikes', 'Bluewater Canning', 'Cobalt Loom', 'Dunmore Dairy', 'Eastgate Optics', 'Fernhill Timber', 'Granite Coast Tools', 'Harbour Lane Foods',
  'Ironbridge Pumps', 'Juniper Labs', 'Kestrel Freight', 'Lindenhof Instruments', 'Marlow Textiles', 'Northlight Solar', 'Oakum Marine', 'Pinewood Toys',
  'Quarry Hill Stone', 'Redstart Robotics', 'Saltmarsh Brewing', 'Tideway Packaging', 'Umber Ceramics', 'Vale Street Clinic', 'Westering Air', 'Yarrow Seeds',
];
const firstNames = ['Amara', 'Ben', 'Chiara', 'Daniel', 'Elif', 'Farid', 'Grace', 'Hugo', 'Ines', 'Jonas', 'Keiko', 'Liam', 'Maya', 'Noor', 'Oskar', 'Priya'];
const lastNames = ['Abbott', 'Bauer', 'Costa', 'Dubois', 'Eriksen', 'Ferrari', 'Green', 'Haddad', 'Ivanova', 'Jensen', 'Kim', 'Lopez', 'Moreau'];
const industries = ['Manufacturing', 'Food & Beverage', 'Retail', 'Healthcare', 'Energy', 'Transportation'];
const places = [['Bristol', 'United Kingdom'], ['Lyon', 'France'], ['Bremen', 'Germany'], ['Portland', 'United States'], ['Turin', 'Italy']] as const;
const titles = ['Head of Purchasing', 'Plant Manager', 'Accountant', 'Chief Executive', 'Service Manager'];
const stages = ['Prospecting', 'Qualification', 'Proposal/Price Quote', 'Negotiation/Review', 'Closed Won', 'Closed Lost'];
const subjects = ['Delivery is late', 'Invoice shows the wrong amount', 'Part arrived damaged', 'Cannot sign in to the portal', 'Question about warranty'];
const leadSources = ['Web', 'Phone Inquiry', 'Partner Referral', 'Trade Show'];

/** One of a list, round and round: the demo data is the same at every start. */
function pick<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length];
  if (item === undefined) throw new Error('An empty list has nothing to pick');
  return item;
}

function add(store: Store, object: string, values: Record<string, FieldValue>): string {
  const type = findObjectType(object);
  if (!type) throw new Error(`The demo data names an unknown object: ${object}`);
  return store.insert(type, new Map(Object.entries(values)));
}

/** Adds the administrator; the first user, whose id every record's owner is by default. */
export function seedUsers(store: Store): void {
  // The one record that every org has of itself; its id is the org's.
  add(store, 'Organization', { Name: 'Demo Org', OrganizationType: 'Enterprise Edition', InstanceName: 'DEMO1', IsSandbox: true });
  add(store, 'User', { Username: adminUsername, Name: 'Demo Admin', Email: adminUsername });
  add(store, 'User', { Username: 'integration@demo-org.example', Name: 'Integration User', Email: 'integration@demo-org.example' });
}

/** Fills the org with a small company's data: 24 accounts, 240 contacts, 90 opportunities, 60 leads and 80 cases. */
export function seedDemoData(store: Store): void {
  const accounts = companies.map((name, index) => {
    const [city, country] = pick(places, index);
    return add(store, 'Account', {
      Name: name, Type: index % 4 === 3 ? 'Prospect' : 'Customer', Industry: pick(industries, index), Phone: `+44 117 496 ${String(1000 + index * 7)}`,
      Website: `https://${name.toLowerCase().replace(/[^a-z]+/g, '-')}.example`, BillingCity: city, BillingCountry: country,
      AnnualRevenue: 400_000 + ((index * 7919) % 90) * 50_000, NumberOfEmployees: 12 + ((index * 37) % 340),
      ERP_Id__c: `ERP-${String(1001 + index)}`, Legacy_Id__c: `L-${String(100 + Math.floor(index / 2))}`,
    });
  });
  const contacts: string[] = [];
  for (let index = 0; index < 240; index++) {
    const first = pick(firstNames, index);
    const last = pick(lastNames, index * 5 + Math.floor(index / 16));
    contacts.push(add(store, 'Contact', {
      FirstName: first, LastName: last, Email: `${first}.${last}.${String(index)}@mail.example`.toLowerCase(), Title: pick(titles, index),
      AccountId: pick(accounts, index), Customer_No__c: `C-${String(20001 + index)}`,
    }));
  }
  for (let index = 0; index < 90; index++) {
    const month = String((index % 12) + 1).padStart(2, '0');
    add(store, 'Opportunity', {
      Name: `${pick(companies, index)} order ${String(index + 1)}`, StageName: pick(stages, index),
      CloseDate: `2026-${month}-${String((index % 28) + 1).padStart(2, '0')}`,
      Amount: 1_500 + ((index * 6151) % 400) * 125, Probability: pick([10, 20, 60, 90, 100, 0], index), AccountId: pick(accounts, index),
      Order_No__c: `SO-${String(50001 + index)}`,
    });
  }
  for (let index = 0; index < 60; index++) {
    const first = pick(firstNames, index * 3);
    const last = pick(lastNames, index);
    add(store, 'Lead', {
      FirstName: first, LastName: last, Company: `${last} & ${pick(lastNames, index + 4)}`, Email: `${first}.${last}@lead${String(index)}.example`.toLowerCase(),
      LeadSource: pick(leadSources, index), Web_Id__c: `W-${String(70001 + index)}`,
    });
  }
  for (let index = 0; index < 80; index++) {
    // Contacts go round the accounts, so contact n belongs to account n modulo 24: a case names both.
    add(store, 'Case', {
      Subject: pick(subjects, index), Status: pick(['New', 'Working', 'Escalated', 'Closed'], index), Priority: pick(['Low', 'Medium', 'High'], index),
      Origin: pick(['Web', 'Email', 'Phone'], index), AccountId: pick(accounts, index), ContactId: pick(contacts, index), Ticket_No__c: `T-${String(90001 + index)}`,
    });
  }
}

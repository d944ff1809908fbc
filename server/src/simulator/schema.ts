/** Field types that the Demo org knows, a subset of the describe call's. */
export type FieldType =
  | 'id' | 'string' | 'textarea' | 'email' | 'phone' | 'url' | 'picklist' | 'boolean' | 'double' | 'currency' | 'percent' | 'date'
  | 'datetime' | 'reference';

/** One field of an object. */
export interface Field {
  name: string;
  label: string;
  type: FieldType;
  /** Characters, for text; 0 for other types. */
  length: number;
  /** A create without it is refused. */
  required: boolean;
  /** Two records with the same value are refused. */
  unique: boolean;
  /** Upserts may name it as key. Not unique by itself, as in a real org. */
  externalId: boolean;
  /** Set by the system: create and update may not name it. */
  readOnly: boolean;
  /** Object that a reference points to. */
  referenceTo?: string;
  /** Name under which SOQL reaches the parent's fields. */
  relationshipName?: string;
  /** Value that a create without it gets. */
  fallback?: string | number | boolean;
}

/** One object of the org's schema. */
export interface SObjectType {
  name: string;
  label: string;
  labelPlural: string;
  keyPrefix: string;
  /** Whether the API may create, change and delete its records. */
  writable: boolean;
  /** By lower-case name: field names ignore case in Salesforce. */
  fields: ReadonlyMap<string, Field>;
}

const lengths: Partial<Record<FieldType, number>> = { id: 18, reference: 18, string: 255, textarea: 32000, email: 80, phone: 40, url: 255, picklist: 255 };

function field(name: string, label: string, type: FieldType = 'string', extra: Partial<Field> = {}): Field {
  return { name, label, type, length: lengths[type] ?? 0, required: false, unique: false, externalId: false, readOnly: false, ...extra };
}

function reference(name: string, label: string, referenceTo: string, extra: Partial<Field> = {}): Field {
  return field(name, label, 'reference', { referenceTo, relationshipName: name.replace(/Id$/, ''), ...extra });
}

const required = { required: true };
const readOnly = { readOnly: true };

/** An external id that is unique too, the way integrations should set theirs up. */
function uniqueKey(name: string, label: string): Field {
  return field(name, label, 'string', { length: 40, unique: true, externalId: true });
}

function objectType(name: string, labelPlural: string, keyPrefix: string, fields: Field[], writable = true): SObjectType {
  const all = [
    field('Id', 'Record ID', 'id', readOnly),
    ...fields,
    ...(writable ? [reference('OwnerId', 'Owner ID', 'User')] : []),
    field('CreatedDate', 'Created Date', 'datetime', readOnly),
    field('LastModifiedDate', 'Last Modified Date', 'datetime', readOnly),
    field('SystemModstamp', 'System Modstamp', 'datetime', readOnly),
    field('IsDeleted', 'Deleted', 'boolean', { readOnly: true, fallback: false }),
  ];
  return { name, label: name, labelPlural, keyPrefix, writable, fields: new Map(all.map((one) => [one.name.toLowerCase(), one])) };
}

const objectTypes = [
  objectType('Account', 'Accounts', '001', [
    field('Name', 'Account Name', 'string', required),
    field('Type', 'Account Type', 'picklist'),
    field('Industry', 'Industry', 'picklist'),
    field('Phone', 'Account Phone', 'phone'),
    field('Website', 'Website', 'url'),
    field('BillingCity', 'Billing City', 'string', { length: 40 }),
    field('BillingCountry', 'Billing Country', 'string', { length: 80 }),
    field('AnnualRevenue', 'Annual Revenue', 'currency'),
    field('NumberOfEmployees', 'Employees', 'double'),
    field('Description', 'Account Description', 'textarea'),
    reference('ParentId', 'Parent Account ID', 'Account'),
    uniqueKey('ERP_Id__c', 'ERP Id'),
    // An external id without the unique box ticked: upserts by it can meet two records (HTTP 300) and repeats can make two.
    field('Legacy_Id__c', 'Legacy Id', 'string', { length: 40, externalId: true }),
  ]),
  objectType('Contact', 'Contacts', '003', [
    field('FirstName', 'First Name', 'string', { length: 40 }),
    field('LastName', 'Last Name', 'string', { length: 80, required: true }),
    field('Name', 'Full Name', 'string', { length: 121, readOnly: true }),
    field('Email', 'Email', 'email'),
    field('Phone', 'Business Phone', 'phone'),
    field('Title', 'Title', 'string', { length: 128 }),
    reference('AccountId', 'Account ID', 'Account'),
    uniqueKey('Customer_No__c', 'Customer Number'),
  ]),
  objectType('Opportunity', 'Opportunities', '006', [
    field('Name', 'Opportunity Name', 'string', { length: 120, required: true }),
    field('StageName', 'Stage', 'picklist', required),
    field('CloseDate', 'Close Date', 'date', required),
    field('Amount', 'Amount', 'currency'),
    field('Probability', 'Probability (%)', 'percent'),
    field('IsClosed', 'Closed', 'boolean', { readOnly: true, fallback: false }),
    field('IsWon', 'Won', 'boolean', { readOnly: true, fallback: false }),
    reference('AccountId', 'Account ID', 'Account'),
    uniqueKey('Order_No__c', 'Order Number'),
  ]),
  objectType('Lead', 'Leads', '00Q', [
    field('FirstName', 'First Name', 'string', { length: 40 }),
    field('LastName', 'Last Name', 'string', { length: 80, required: true }),
    field('Name', 'Full Name', 'string', { length: 121, readOnly: true }),
    field('Company', 'Company', 'string', required),
    field('Email', 'Email', 'email'),
    field('Status', 'Lead Status', 'picklist', { fallback: 'Open - Not Contacted' }),
    field('LeadSource', 'Lead Source', 'picklist'),
    uniqueKey('Web_Id__c', 'Web Id'),
  ]),
  objectType('Case', 'Cases', '500', [
    field('CaseNumber', 'Case Number', 'string', { length: 30, readOnly: true }),
    field('Subject', 'Subject'),
    field('Status', 'Status', 'picklist', { fallback: 'New' }),
    field('Priority', 'Priority', 'picklist', { fallback: 'Medium' }),
    field('Origin', 'Case Origin', 'picklist'),
    field('Description', 'Description', 'textarea'),
    reference('AccountId', 'Account ID', 'Account'),
    reference('ContactId', 'Contact ID', 'Contact'),
    uniqueKey('Ticket_No__c', 'Ticket Number'),
  ]),
  objectType('User', 'Users', '005', [
    field('Username', 'Username', 'string', { length: 80, required: true }),
    field('Name', 'Full Name', 'string', { length: 121 }),
    field('Email', 'Email', 'email'),
    field('IsActive', 'Active', 'boolean', { fallback: true }),
  ], false),
  objectType('Organization', 'Organizations', '00D', [
    field('Name', 'Name', 'string', { length: 80, required: true }),
    field('OrganizationType', 'Edition', 'picklist'),
    field('InstanceName', 'Instance Name', 'string', { length: 5 }),
    field('IsSandbox', 'Is Sandbox', 'boolean', { fallback: false }),
    field('NamespacePrefix', 'Namespace Prefix', 'string', { length: 15 }),
    field('TrialExpirationDate', 'Trial Expiration Date', 'datetime'),
  ], false),
];

const byName = new Map(objectTypes.map((type) => [type.name.toLowerCase(), type]));

/** Every object of the Demo org. */
export function allObjectTypes(): readonly SObjectType[] {
  return objectTypes;
}

/** The object of this name, whatever its case; undefined when the org has none. */
export function findObjectType(name: string): SObjectType | undefined {
  return byName.get(name.toLowerCase());
}

/** The object that a record id belongs to, by its first three characters. */
export function objectTypeOfId(id: string): SObjectType | undefined {
  return objectTypes.find((type) => id.startsWith(type.keyPrefix));
}

import type { Clock } from './clock.ts';
import { OrgLimits } from './orgLimits.ts';
import { makeId } from './recordId.ts';
import { findObjectType } from './schema.ts';
import { seedDemoData, seedUsers } from './seed.ts';
import { Sessions } from './sessions.ts';
import { Store } from './store.ts';
import { QueryCursors } from './queryCursors.ts';

/** Records to add at the start, by object name, in the shape that a create takes. */
export type StartRecords = Record<string, Record<string, unknown>[]>;

/** Everything the org knows. */
export class Org {
  readonly clock: Clock;
  readonly organizationId = makeId('00D', 1);
  readonly userId = makeId('005', 1);
  readonly sessions = new Sessions(this.organizationId);
  private current: { store: Store; limits: OrgLimits; cursors: QueryCursors };
  private readonly data: 'demo' | 'empty';
  private readonly extra: StartRecords;

  /** @throws Error when a start record does not fit its object. */
  constructor(clock: Clock, data: 'demo' | 'empty', extra: StartRecords) {
    this.clock = clock;
    this.data = data;
    this.extra = extra;
    this.current = this.fill();
  }

  get store(): Store {
    return this.current.store;
  }

  get limits(): OrgLimits {
    return this.current.limits;
  }

  get cursors(): QueryCursors {
    return this.current.cursors;
  }

  /** Back to the data and limits of the start; sessions stay. */
  reset(): void {
    this.current = this.fill();
  }

  private fill(): { store: Store; limits: OrgLimits; cursors: QueryCursors } {
    const store = new Store(this.clock, this.userId);
    seedUsers(store);
    if (this.data === 'demo') seedDemoData(store);
    for (const [object, records] of Object.entries(this.extra)) {
      const type = findObjectType(object);
      if (!type) throw new Error(`The Demo org has no object named ${object}`);
      for (const record of records) store.create(type, record);
    }
    return { store, limits: new OrgLimits(store.size), cursors: new QueryCursors() };
  }
}

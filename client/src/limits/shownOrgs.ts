import type { ShownOrg } from '../../../server/src/editor/protocol.ts';
import type { OrgSession } from './orgSession.ts';

/** What the language server is told of the view's orgs, for its hovers: names and figures of those that have been read. */
export function shownOrgs(sessions: readonly OrgSession[]): ShownOrg[] {
  return sessions.flatMap(({ source, state: { limits, readAt } }) => (limits && readAt
    ? [{ name: source.name, readAt: readAt.getTime(), limits: limits.limits.map(({ name, maximum, remaining }) => ({ name, maximum, remaining })) }]
    : []));
}

import type { Construction } from '../../coverage/constructions.ts';
import type { Rule, RuleFinding } from '../rule.ts';

/** Options by which a connection renews its session, or that decide that elsewhere. */
const RENEWING = ['refreshToken', 'refreshFn', 'oauth2', 'authInfo', 'connectionOptions', 'signedRequest'];

/** A session that ends before the program does. */
export const rule: Rule = {
  id: 'session-expiry-unhandled',
  summary: 'A connection from a bare token is kept for as long as the program runs, and nothing renews its session.',
  severity: 'warning',
  check(_calls, constructions): RuleFinding[] {
    return constructions.filter(isBare).map((call) => ({
      call,
      message: 'This connection keeps a bare access token while the program runs: once the session ends, every call fails with INVALID_SESSION_ID until a restart.',
      codes: ['INVALID_SESSION_ID'],
      severity: 'warning',
      related: [],
      fixes: [],
    }));
  },
};

function isBare({ options, lasts, renewed }: Construction): boolean {
  if (!lasts || renewed || !options) return false;
  return (options.has('accessToken') || options.has('sessionId')) && !RENEWING.some((name) => options.has(name));
}

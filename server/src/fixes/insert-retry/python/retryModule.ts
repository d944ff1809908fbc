/** The functions that the module has for users: one for answers, one for what is awaited. */
export const SYNC_NAME = 'with_salesforce_retry';
export const ASYNC_NAME = 'with_salesforce_retry_async';
/** The module's name. */
export const MODULE = 'salesforce_retry';

/** The text of the module that a fix adds to a project once. @param tenacity whether it stands on that library */
export function retryModule(tenacity: boolean): string {
  const imports = tenacity ? 'import random\nimport time\nfrom email.utils import parsedate_to_datetime\n\nfrom tenacity import retry\n' : 'import asyncio\nimport random\nimport time\nfrom email.utils import parsedate_to_datetime\n';
  return `"""Repeats Salesforce requests after failures that pass by themselves. Written by API Guard for Salesforce; yours to change."""

${imports}
# Salesforce has refused the whole request: nothing was written, a repeat is harmless.
REFUSED = {"UNABLE_TO_LOCK_ROW", "SERVER_UNAVAILABLE"}

# The request may have been applied: only reads, and writes that may be applied twice, are sent again.
UNCERTAIN = {"UNKNOWN_EXCEPTION"}
UNCERTAIN_STATUSES = {408, 500, 502, 503, 504}

# The connection was never made, so nothing was sent. By their names, for they come from several libraries.
NOT_CONNECTED = {"ConnectionRefusedError", "gaierror", "NewConnectionError", "NameResolutionError", "ConnectTimeout", "ConnectTimeoutError", "ConnectError"}

# The connection broke, before or after Salesforce applied the request.
BROKEN = {"ConnectionError", "TimeoutError", "Timeout", "ProtocolError", "IncompleteRead", "RemoteDisconnected", "TransportError", "ChunkedEncodingError"}


class RetryDefaults:
    """What holds for every request whose arguments do not say otherwise. Times are in seconds; clock and chance can be replaced in tests."""

    attempts = 5
    first_delay = 0.5
    longest_delay = 10.0
    total_time = 60.0
    # Told of each failure that is repeated, the attempt's number and the wait: the place to log it.
    on_retry = None
    now = staticmethod(time.monotonic)
    random = staticmethod(random.random)
    wait = staticmethod(time.sleep)
${tenacity ? ON_TENACITY : OWN}

def _delay_after(failure, attempt):
    """The wait before the next attempt: full jitter, and never shorter than the answer asks for."""
    longest = min(RetryDefaults.longest_delay, RetryDefaults.first_delay * 2 ** (attempt - 1))
    return max(_retry_after(failure), RetryDefaults.random() * longest)


def _may_repeat(failure, repeatable):
    """Whether a failure passes by itself and the request may be sent again after it."""
    status, errors = _reasons(failure)
    if errors:
        return all(_passes(each, repeatable) for each in errors)
    if isinstance(status, int):
        return status == 429 or (repeatable and status in UNCERTAIN_STATUSES)
    # What a client wraps says more than its own error.
    inner = failure.args[0] if failure.args else None
    names = {each.__name__ for part in (failure, inner, getattr(inner, "reason", None)) for each in type(part).__mro__}
    return bool(names & NOT_CONNECTED) or (repeatable and bool(names & BROKEN))


def _passes(error, repeatable):
    code = error.get("errorCode")
    message = error.get("message") or ""
    # The daily limit has the same code as the limit of concurrent requests, and does not pass within minutes.
    if code == "REQUEST_LIMIT_EXCEEDED":
        return "concurrent" in message.lower()
    # A lock that a trigger or flow ran into arrives inside the message of another code.
    if code in ("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "CANNOT_EXECUTE_FLOW_TRIGGER"):
        return "UNABLE_TO_LOCK_ROW" in message
    return code in REFUSED or (repeatable and code in UNCERTAIN)


def _session_has_ended(failure):
    return any(each.get("errorCode") == "INVALID_SESSION_ID" for each in _reasons(failure)[1])


def _answer_of(failure):
    """What Salesforce answered: errors of HTTP clients carry it, errors of simple-salesforce are it."""
    response = getattr(failure, "response", None)
    return failure if response is None else response


def _reasons(failure):
    """The status of a failed answer, and its errors as Salesforce writes them; neither where there is no answer or it has not failed."""
    answer = _answer_of(failure)
    status = getattr(answer, "status_code", None)
    if status is None:
        status = getattr(answer, "status", None)
    if not isinstance(status, int) or status < 400:
        return None, []
    errors = getattr(answer, "content", None)
    if callable(getattr(answer, "json", None)):
        try:
            errors = answer.json()
        except ValueError:
            errors = None
    return status, [each for each in errors if isinstance(each, dict) and each.get("errorCode")] if isinstance(errors, list) else []


def _retry_after(failure):
    """How long the answer asks to wait, in seconds, where the client shows its headers; simple-salesforce does not."""
    headers = getattr(_answer_of(failure), "headers", None)
    asked = headers.get("Retry-After") if hasattr(headers, "get") else None
    if not isinstance(asked, str):
        return 0.0
    try:
        return max(0.0, float(asked))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(asked).timestamp() - time.time())
    except (TypeError, ValueError):
        return 0.0
`;
}

const DOC = `Runs a Salesforce request and repeats it after failures that pass by themselves.

    Waits grow exponentially with full jitter, attempts and total time have a ceiling, and the original error is raised when
    no more may be tried. request makes the request anew each time. repeatable is true for one that does no harm when it is applied twice: a read, an update by Id, an upsert by a unique external id; never for a create. renew_session logs in again, once.`;

const OWN = `

def ${SYNC_NAME}(request, repeatable=False, attempts=None, total_time=None, renew_session=None, on_retry=None):
    """${DOC}
    """
    budget = _Budget(attempts, total_time, on_retry)
    while True:
        try:
            return request()
        except Exception as error:
            if renew_session is not None and _session_has_ended(error):
                renew_session()
                renew_session = None
                continue
            delay = budget.delay_after(error) if _may_repeat(error, repeatable) else None
            if delay is None:
                raise
        RetryDefaults.wait(delay)


async def ${ASYNC_NAME}(request, repeatable=False, attempts=None, total_time=None, renew_session=None, on_retry=None):
    """The same for a request that is awaited; so is renew_session."""
    budget = _Budget(attempts, total_time, on_retry)
    while True:
        try:
            return await request()
        except Exception as error:
            if renew_session is not None and _session_has_ended(error):
                await renew_session()
                renew_session = None
                continue
            delay = budget.delay_after(error) if _may_repeat(error, repeatable) else None
            if delay is None:
                raise
        await asyncio.sleep(delay)


class _Budget:
    """Attempts and time that are left for one request."""

    def __init__(self, attempts, total_time, on_retry):
        self.attempts = attempts or RetryDefaults.attempts
        self.deadline = RetryDefaults.now() + (total_time or RetryDefaults.total_time)
        self.on_retry = on_retry or RetryDefaults.on_retry
        self.attempt = 0

    def delay_after(self, failure):
        """The wait before the next attempt; None where there is none."""
        self.attempt += 1
        delay = _delay_after(failure, self.attempt)
        if self.attempt >= self.attempts or RetryDefaults.now() + delay > self.deadline:
            return None
        if self.on_retry is not None:
            self.on_retry(failure, self.attempt, delay)
        return delay
`;

/** Every option of the library whose default is unsafe is written: it would repeat for ever, at once, and hide the error. */
const ON_TENACITY = `

def ${SYNC_NAME}(request, repeatable=False, attempts=None, total_time=None, renew_session=None, on_retry=None):
    """${DOC}
    """
    renewals = [] if renew_session is None else [renew_session]

    @retry(sleep=RetryDefaults.wait, **_policy(repeatable, attempts, total_time, on_retry))
    def send():
        try:
            return request()
        except Exception as error:
            if not renewals or not _session_has_ended(error):
                raise
            renewals.pop()()
            return request()

    return send()


async def ${ASYNC_NAME}(request, repeatable=False, attempts=None, total_time=None, renew_session=None, on_retry=None):
    """The same for a request that is awaited; so is renew_session."""
    renewals = [] if renew_session is None else [renew_session]

    @retry(**_policy(repeatable, attempts, total_time, on_retry))
    async def send():
        try:
            return await request()
        except Exception as error:
            if not renewals or not _session_has_ended(error):
                raise
            await renewals.pop()()
            return await request()

    return await send()


def _policy(repeatable, attempts, total_time, on_retry):
    most = attempts or RetryDefaults.attempts
    tell = on_retry or RetryDefaults.on_retry
    deadline = RetryDefaults.now() + (total_time or RetryDefaults.total_time)

    def wanted(state):
        error = state.outcome.exception()
        return error is not None and _may_repeat(error, repeatable) and RetryDefaults.now() + _retry_after(error) <= deadline

    def told(state):
        if tell is not None:
            tell(state.outcome.exception(), state.attempt_number, state.next_action.sleep)

    return {
        "retry": wanted,
        "stop": lambda state: state.attempt_number >= most or RetryDefaults.now() >= deadline,
        "wait": lambda state: _delay_after(state.outcome.exception(), state.attempt_number),
        "before_sleep": told,
        "reraise": True,
    }
`;

"""What the retry module does beyond sending again: prints nothing but the word that all is well."""

import asyncio

from salesforce_retry import RetryDefaults, with_salesforce_retry, with_salesforce_retry_async

waits = []
RetryDefaults.wait = staticmethod(waits.append)
RetryDefaults.first_delay = 0.002


class Failure(Exception):
    def __init__(self, status, *errors, headers=None):
        super().__init__(status)
        self.status = status
        self.content = [dict(zip(("errorCode", "message"), each)) for each in errors]
        self.headers = headers or {}


LOCK = Failure(400, ("UNABLE_TO_LOCK_ROW", "locked"))


def failing(*failures):
    """A request that fails in these ways, one after the other, and then works."""
    left = list(failures)

    def request():
        if left:
            raise left.pop(0)
        return "done"

    request.left = left
    return request


def outcome(*failures, **options):
    """What comes of a request, and how often it was sent."""
    request = failing(*failures)
    try:
        return with_salesforce_retry(request, **options), len(failures) - len(request.left) + 1
    except Failure as failure:
        assert failure in failures
        return failure.status, len(failures) - len(request.left)


assert outcome() == ("done", 1)
assert outcome(LOCK, LOCK) == ("done", 3)
assert outcome(*[LOCK] * 9) == (400, 5)
assert outcome(*[LOCK] * 9, attempts=2) == (400, 2)
assert outcome(Failure(403, ("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."))) == (403, 1)
assert outcome(Failure(403, ("REQUEST_LIMIT_EXCEEDED", "ConcurrentRequests Limit exceeded."))) == ("done", 2)
assert outcome(Failure(400, ("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "trigger: UNABLE_TO_LOCK_ROW"))) == ("done", 2)
assert outcome(Failure(400, ("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "trigger: null"))) == (400, 1)
assert outcome(Failure(400, ("UNABLE_TO_LOCK_ROW", ""), ("REQUIRED_FIELD_MISSING", ""))) == (400, 1)
assert outcome(Failure(503)) == (503, 1)
assert outcome(Failure(503), repeatable=True) == ("done", 2)
assert outcome(Failure(501), repeatable=True) == (501, 1)

# It waits as long as the answer asks, and not at all where that is too long.
waits.clear()
assert outcome(Failure(429, headers={"Retry-After": "7"})) == ("done", 2) and waits == [7.0]
assert outcome(Failure(429, headers={"Retry-After": "700"})) == (429, 1)
assert outcome(Failure(429, headers={"Retry-After": "soon"})) == ("done", 2)

# Connections: what was never made is made again, what broke only where that does no harm.
for error, repeatable, works in ((ConnectionRefusedError(), False, True), (ConnectionResetError(), False, False), (ConnectionResetError(), True, True), (TimeoutError(), True, True), (ValueError(), True, False)):
    request = failing(error)
    try:
        assert with_salesforce_retry(request, repeatable=repeatable) == "done" and works, error
    except type(error):
        assert not works, error

# The session is renewed once.
ended = Failure(401, ("INVALID_SESSION_ID", ""))
renewals = []
assert outcome(ended, renew_session=lambda: renewals.append(1)) == ("done", 2) and renewals == [1]
assert outcome(ended, ended, renew_session=lambda: renewals.append(1)) == (401, 2) and renewals == [1, 1]

# Each repeat is told of.
told = []
assert outcome(LOCK, LOCK, on_retry=lambda failure, attempt, delay: told.append((failure.status, attempt, delay >= 0))) == ("done", 3)
assert told == [(400, 1, True), (400, 2, True)]


async def awaited():
    request = failing(LOCK, LOCK, ended)

    async def send():
        return request()

    async def renew():
        renewals.append(1)

    assert await with_salesforce_retry_async(send, renew_session=renew) == "done"
    try:
        await with_salesforce_retry_async(failing_async(Failure(503)))
        raise AssertionError("it was sent again")
    except Failure as failure:
        assert failure.status == 503


def failing_async(*failures):
    request = failing(*failures)

    async def send():
        return request()

    return send


asyncio.run(awaited())
print("well")

/** The class that the helper file holds. */
export const CLASS_NAME = 'SalesforceRetry';

/** Libraries that the class can stand on, by the package that a manifest names. */
export type JavaRetryLibrary = 'resilience4j' | 'Failsafe';

/** The text of the class that a fix adds to a project once, for Java 8 and later. @param library what it stands on, if anything */
export function retryClass(packageName: string | undefined, library: JavaRetryLibrary | undefined): string {
  const imports = [
    ...(library === 'Failsafe' ? ['dev.failsafe.Failsafe', 'dev.failsafe.FailsafeException', 'dev.failsafe.RetryPolicy'] : []),
    ...(library === 'resilience4j' ? ['io.github.resilience4j.retry.Retry', 'io.github.resilience4j.retry.RetryConfig'] : []),
    'java.io.IOException',
    ...(library === 'Failsafe' ? ['java.time.Duration'] : []),
    'java.util.Arrays', 'java.util.HashSet', 'java.util.Set', 'java.util.concurrent.ThreadLocalRandom', 'java.util.concurrent.TimeUnit', 'javax.net.ssl.SSLException',
  ];
  return `${packageName === undefined ? '' : `package ${packageName};\n\n`}${imports.map((each) => `import ${each};\n`).join('')}
/** Repeats Salesforce requests after failures that pass by themselves. Written by API Guard for Salesforce; yours to change. */
public final class ${CLASS_NAME} {
    /** Salesforce has refused the whole request: nothing was written, a repeat is harmless. */
    private static final Set<String> REFUSED = new HashSet<>(Arrays.asList("UNABLE_TO_LOCK_ROW", "SERVER_UNAVAILABLE"));

    /** The request may have been applied: only reads, and writes that may be applied twice, are sent again. */
    private static final Set<String> UNCERTAIN = new HashSet<>(Arrays.asList("UNKNOWN_EXCEPTION"));

    /** The connection was never made, so nothing was sent. */
    private static final Set<String> NOT_CONNECTED = new HashSet<>(Arrays.asList("ConnectException", "UnknownHostException", "HttpConnectTimeoutException", "NoRouteToHostException"));

    /** Attempts in all. */
    public static final int ATTEMPTS = 5;
    /** Longest wait before the second attempt, in milliseconds; it doubles with each further one. */
    public static final long FIRST_DELAY = 500;
    public static final long LONGEST_DELAY = 10_000;
    /** No new attempt begins after this time, in milliseconds. */
    public static final long TOTAL_TIME = 60_000;

    private static volatile Listener listener = (failure, attempt, delay) -> { };

    private ${CLASS_NAME}() {
    }

    /** Told of each failure that is repeated: the place to log it. */
    @FunctionalInterface
    public interface Listener {
        void onRetry(Exception failure, int attempt, long delay);
    }

    /** A request that is made anew each time. */
    @FunctionalInterface
    public interface Request<T, E extends Exception> {
        T send() throws E;
    }

    /** Sets who is told of failures that are repeated. */
    public static void setListener(Listener newListener) {
        listener = newListener;
    }

    /** Sends a request, and again after failures by which Salesforce has surely applied nothing: for a create, and for what must not be applied twice. */
    public static <T, E extends Exception> T run(Request<T, E> request) throws E {
        return repeat(request, false);
    }

    /** Sends a request that does no harm when it is applied twice: a read, an update by Id, an upsert by a unique external id. Never a create. */
    public static <T, E extends Exception> T runRepeatable(Request<T, E> request) throws E {
        return repeat(request, true);
    }

${library === 'Failsafe' ? ON_FAILSAFE : library === 'resilience4j' ? ON_RESILIENCE4J : OWN}
    /** The wait before the next attempt, in milliseconds: full jitter. The connector shows no headers, so that nobody knows how long an answer asks to wait. */
    private static long delayAfter(int attempt) {
        return ThreadLocalRandom.current().nextLong(Math.min(LONGEST_DELAY, FIRST_DELAY << Math.min(attempt - 1, 20)) + 1);
    }

    /** Whether a failure passes by itself and the request may be sent again after it. */
    private static boolean mayRepeat(Throwable failure, boolean repeatable) {
        String code = codeOf(failure);
        if (code != null) return passes(code, String.valueOf(failure.getMessage()) + failure, repeatable);
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (NOT_CONNECTED.contains(each.getClass().getSimpleName())) return true;
            if (repeatable && each instanceof IOException && !(each instanceof SSLException)) return true;
        }
        return false;
    }

    private static boolean passes(String code, String message, boolean repeatable) {
        // The daily limit has the same code as the limit of concurrent requests, and does not pass within minutes.
        if (code.equals("REQUEST_LIMIT_EXCEEDED")) return message.toLowerCase().contains("concurrent");
        // A lock that a trigger or flow ran into arrives inside the message of another code.
        if (code.equals("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY") || code.equals("CANNOT_EXECUTE_FLOW_TRIGGER")) return message.contains("UNABLE_TO_LOCK_ROW");
        return REFUSED.contains(code) || (repeatable && UNCERTAIN.contains(code));
    }

    /** The code of a fault. Each of the connector's services has classes of its own for faults; all say it by a method of the same name. */
    private static String codeOf(Throwable error) {
        try {
            Object code = error.getClass().getMethod("getExceptionCode").invoke(error);
            return code == null ? null : code.toString();
        } catch (ReflectiveOperationException noSuchMethod) {
            return null;
        }
    }
}
`;
}

const OWN = `    private static <T, E extends Exception> T repeat(Request<T, E> request, boolean repeatable) throws E {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TOTAL_TIME);
        for (int attempt = 1; ; attempt++) {
            try {
                return request.send();
            } catch (Exception error) {
                if (!mayRepeat(error, repeatable) || !pause(error, attempt, deadline)) throw error;
            }
        }
    }

    /** Waits before the next attempt; false where there is none. */
    private static boolean pause(Exception failure, int attempt, long deadline) {
        long delay = delayAfter(attempt);
        if (attempt >= ATTEMPTS || System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delay) > deadline) return false;
        listener.onRetry(failure, attempt, delay);
        try {
            Thread.sleep(delay);
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
`;

/** Every option of the library whose default is unsafe is written: it would repeat after every error, at once. */
const ON_FAILSAFE = `    @SuppressWarnings("unchecked")
    private static <T, E extends Exception> T repeat(Request<T, E> request, boolean repeatable) throws E {
        Exception[] failure = new Exception[1];
        RetryPolicy<T> policy = RetryPolicy.<T>builder()
            .handleIf(error -> error instanceof Exception && mayRepeat(failure[0] = (Exception) error, repeatable))
            .withMaxAttempts(ATTEMPTS)
            .withMaxDuration(Duration.ofMillis(TOTAL_TIME))
            .withDelayFn(context -> {
                long delay = delayAfter(context.getAttemptCount());
                listener.onRetry(failure[0], context.getAttemptCount(), delay);
                return Duration.ofMillis(delay);
            })
            .build();
        try {
            return Failsafe.with(policy).get(request::send);
        } catch (FailsafeException wrapped) {
            // The library wraps what is checked; whoever calls gets the error as it came.
            throw (E) (wrapped.getCause() instanceof InterruptedException && failure[0] != null ? failure[0] : wrapped.getCause());
        }
    }
`;

/** The same: it would repeat after every error, at one distance. */
const ON_RESILIENCE4J = `    @SuppressWarnings("unchecked")
    private static <T, E extends Exception> T repeat(Request<T, E> request, boolean repeatable) throws E {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TOTAL_TIME);
        RetryConfig config = RetryConfig.<T>custom()
            .maxAttempts(ATTEMPTS)
            .retryOnException(error -> System.nanoTime() < deadline && mayRepeat(error, repeatable))
            .intervalBiFunction((attempt, outcome) -> delayAfter(attempt))
            .build();
        Retry retry = Retry.of("salesforce", config);
        retry.getEventPublisher().onRetry(event -> listener.onRetry((Exception) event.getLastThrowable(), event.getNumberOfRetryAttempts(), event.getWaitInterval().toMillis()));
        try {
            return retry.executeCallable(request::send);
        } catch (Exception error) {
            throw (E) error;
        }
    }
`;

import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** What the retry class does beyond sending again: prints nothing but the word that all is well. */
public class CheckHelper {
    public static class Fault extends Exception {
        private final String code;

        Fault(String code, String message) {
            super(message);
            this.code = code;
        }

        public String getExceptionCode() {
            return code;
        }
    }

    /** What comes of a request that fails in these ways and then works, and how often it was sent. */
    static String outcome(boolean repeatable, Exception... failures) {
        Deque<Exception> left = new ArrayDeque<>(Arrays.asList(failures));
        int[] sent = new int[1];
        SalesforceRetry.Request<String, Exception> request = () -> {
            sent[0]++;
            if (!left.isEmpty()) throw left.poll();
            return "done";
        };
        try {
            return (repeatable ? SalesforceRetry.runRepeatable(request) : SalesforceRetry.run(request)) + sent[0];
        } catch (Exception error) {
            check(Arrays.asList(failures).contains(error), "the error is one that came");
            return "failed" + sent[0];
        }
    }

    static void check(boolean fine, String what) {
        if (!fine) throw new AssertionError(what);
    }

    static void expect(String wanted, String found) {
        check(wanted.equals(found), "wanted " + wanted + ", found " + found);
    }

    public static void main(String[] args) {
        Exception lock = new Fault("UNABLE_TO_LOCK_ROW", "locked");
        expect("done1", outcome(false));
        expect("done3", outcome(false, lock, lock));
        expect("failed5", outcome(false, lock, lock, lock, lock, lock, lock));
        expect("failed1", outcome(true, new Fault("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")));
        expect("done2", outcome(false, new Fault("REQUEST_LIMIT_EXCEEDED", "ConcurrentRequests Limit exceeded.")));
        expect("done2", outcome(false, new Fault("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "trigger: UNABLE_TO_LOCK_ROW")));
        expect("failed1", outcome(false, new Fault("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "trigger: null")));
        expect("failed1", outcome(false, new Fault("UNKNOWN_EXCEPTION", "")));
        expect("done2", outcome(true, new Fault("UNKNOWN_EXCEPTION", "")));
        expect("done2", outcome(false, new Exception(new ConnectException())));
        expect("failed1", outcome(false, new Exception(new IOException())));
        expect("done2", outcome(true, new Exception(new IOException())));
        expect("failed1", outcome(true, new IllegalStateException()));
        List<String> told = new ArrayList<>();
        SalesforceRetry.setListener((failure, attempt, delay) -> told.add(failure.getMessage() + attempt + (delay >= 0)));
        expect("done3", outcome(false, lock, lock));
        expect("[locked1true, locked2true]", told.toString());
        Thread.currentThread().interrupt();
        expect("failed1", outcome(false, lock, lock));
        check(Thread.interrupted(), "the interruption is kept");
        System.out.println("well");
    }
}

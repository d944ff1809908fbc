package com.sforce.soap.partner;

import com.sforce.soap.partner.fault.ApiFault;
import com.sforce.soap.partner.sobject.SObject;
import com.sforce.ws.ConnectionException;
import com.sforce.ws.ConnectorConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the tests use of the connector, over the platform's HTTP client and REST: the same calls, the same kinds of errors. */
public class PartnerConnection {
    private static final Pattern ERROR = Pattern.compile("\"errorCode\"\\s*:\\s*\"([A-Z_]+)\"");
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ConnectorConfig config;
    private int page;

    public PartnerConnection(ConnectorConfig config) {
        this.config = config;
    }

    public SObject[] retrieve(String fields, String type, String[] ids) throws ConnectionException {
        for (String id : ids) get("sobjects/" + type + "/" + id + "?fields=" + fields.replace(" ", ""));
        return new SObject[ids.length];
    }

    /** Three pages of two records. */
    public QueryResult query(String soql) {
        page = 0;
        return queryMore(null);
    }

    public QueryResult queryMore(String locator) {
        page++;
        return new QueryResult(new SObject[2], page < 3 ? "more" : null);
    }

    public SaveResult[] create(SObject[] records) {
        return new SaveResult[0];
    }

    public SaveResult[] update(SObject[] records) {
        return new SaveResult[0];
    }

    public DeleteResult[] delete(String[] ids) {
        return new DeleteResult[0];
    }

    private void get(String path) throws ConnectionException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(config.getServiceEndpoint() + "/services/data/v60.0/" + path)).header("Authorization", "Bearer " + config.getSessionId()).build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() < 400) return;
            Matcher error = ERROR.matcher(answer.body());
            if (error.find()) throw new ApiFault(error.group(1), answer.body());
            throw new ConnectionException("Failed to read the answer", new IOException("status " + answer.statusCode()));
        } catch (IOException failure) {
            throw new ConnectionException("Failed to send the request", failure);
        } catch (InterruptedException stopped) {
            throw new ConnectionException("Interrupted", stopped);
        }
    }
}

package com.acme.sync;

import com.acme.crm.Client;
import com.acme.crm.CrmException;
import com.acme.crm.Page;
import com.acme.crm.SaveResult;
import com.acme.crm.SessionExpiredException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

public class Integration {
    private final Client client = new Client("https://acme.my.salesforce.com");

    public void login(String user, String password) throws CrmException {
        client.login(user, password);
    }

    public List<Object> readAll(String soql) throws CrmException {
        Page page = client.query(soql);
        List<Object> rows = new ArrayList<>(page.getRecords());
        while (!page.isDone()) {
            page = client.queryMore(page.getNextRecordsUrl());
            rows.addAll(page.getRecords());
        }
        return rows;
    }

    public void saveAll(List<Object> rows) throws CrmException {
        SaveResult[] results = client.createAll(rows);
        for (SaveResult result : results) {
            if (!result.isSuccess()) throw new IllegalStateException("not saved: " + result.getId());
        }
    }

    public int publish(HttpClient http, String event) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://acme.my.salesforce.com/services/data/v60.0/sobjects/Order__e")).POST(HttpRequest.BodyPublishers.ofString(event)).build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 400) throw new IllegalStateException("refused");
        return response.statusCode();
    }

    public Object withRetry(Callable<Object> work) throws Exception {
        for (int attempt = 0; attempt < 3; attempt++) {
            try {
                return work.call();
            } catch (CrmException | IOException error) {
                if (!error.getMessage().contains("UNABLE_TO_LOCK_ROW")) throw error;
            }
        }
        throw new IllegalStateException("gave up");
    }

    public Object retrieve(String id) throws CrmException {
        try {
            return client.retrieve(id);
        } catch (SessionExpiredException error) {
            client.login(System.getenv("CRM_USER"), System.getenv("CRM_PASSWORD"));
            return client.retrieve(id);
        }
    }

    public void copy() throws Exception {
        List<Object> rows = readAll("SELECT Id, Name FROM Account");
        withRetry(() -> {
            saveAll(rows);
            return null;
        });
    }
}

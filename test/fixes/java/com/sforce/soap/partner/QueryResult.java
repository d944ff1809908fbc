package com.sforce.soap.partner;

import com.sforce.soap.partner.sobject.SObject;

public class QueryResult {
    private SObject[] records;
    private final String queryLocator;

    public QueryResult(SObject[] records, String queryLocator) {
        this.records = records;
        this.queryLocator = queryLocator;
    }

    public boolean isDone() {
        return queryLocator == null;
    }

    public String getQueryLocator() {
        return queryLocator;
    }

    public SObject[] getRecords() {
        return records;
    }

    public void setRecords(SObject[] records) {
        this.records = records;
    }
}

package com.sforce.soap.partner;

public class SaveResult {
    public boolean isSuccess() {
        return true;
    }

    public Object[] getErrors() {
        return new Object[0];
    }
}

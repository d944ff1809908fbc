package com.sforce.soap.partner;

public class DeleteResult {
    public boolean isSuccess() {
        return true;
    }

    public Object[] getErrors() {
        return new Object[0];
    }
}

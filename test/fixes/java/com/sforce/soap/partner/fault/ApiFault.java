package com.sforce.soap.partner.fault;

import com.sforce.ws.ConnectionException;

public class ApiFault extends ConnectionException {
    private final String exceptionCode;

    public ApiFault(String exceptionCode, String message) {
        super(message, null);
        this.exceptionCode = exceptionCode;
    }

    public String getExceptionCode() {
        return exceptionCode;
    }
}

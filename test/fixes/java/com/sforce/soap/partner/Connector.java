package com.sforce.soap.partner;

import com.sforce.ws.ConnectorConfig;

public class Connector {
    public static PartnerConnection newConnection(ConnectorConfig config) {
        return new PartnerConnection(config);
    }
}

package com.sforce.soap.partner.sobject;

public class SObject {
}

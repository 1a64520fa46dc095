package io.serverherd.operator.desired;

/**
 * Which certificates a server has, as it says itself.
 *
 * @param certificate SHA-256 of the file with its own, in hexadecimal
 * @param trust       SHA-256 of the file with those it trusts
 */
public record CredentialHashes(String certificate, String trust) {}

package io.serverherd.local.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.TreeMap;

/** Names a pod template by its content: equal templates, however their members are ordered, have equal hashes. */
final class RevisionHash {

    /** No vowels, so that no hash is a word; no 0, 1 and 3, which look like letters. As in the hashes of Kubernetes. */
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private static final int LENGTH = 10;

    private RevisionHash() {}

    static String of(PodTemplateSpec template) {
        JsonNode sorted = sorted(Serialization.unmarshal(Serialization.asJson(template), JsonNode.class));
        BigInteger number = new BigInteger(1, sha256(sorted.toString()));
        BigInteger base = BigInteger.valueOf(ALPHABET.length());
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            BigInteger[] parts = number.divideAndRemainder(base);
            text.append(ALPHABET.charAt(parts[1].intValue()));
            number = parts[0];
        }
        return text.toString();
    }

    private static JsonNode sorted(JsonNode node) {
        if (node.isObject()) {
            TreeMap<String, JsonNode> members = new TreeMap<>();
            node.properties().forEach(member -> members.put(member.getKey(), sorted(member.getValue())));
            return new ObjectNode(JsonNodeFactory.instance, members);
        }
        if (node.isArray()) {
            return JsonNodeFactory.instance
                    .arrayNode()
                    .addAll(node.valueStream().map(RevisionHash::sorted).toList());
        }
        return node;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

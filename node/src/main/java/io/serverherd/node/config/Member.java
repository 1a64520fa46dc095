package io.serverherd.node.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A member of `herd.json` that knows its place, so that every message can name it. An absent member and a JSON null are
 * the same.
 *
 * @param path as a reader would write it, e.g. {@code neighbours[2].address}; empty for the whole file
 * @param node null where absent
 */
record Member(String path, JsonNode node) {

    static Member root(JsonNode node) throws HerdConfigException {
        Member root = new Member("", node);
        if (!node.isObject()) {
            throw new HerdConfigException("herd.json: must be a JSON object, is " + shown(node));
        }
        return root;
    }

    boolean absent() {
        return node == null || node.isNull() || node.isMissingNode();
    }

    /** This member's own member. */
    Member member(String name) throws HerdConfigException {
        if (!absent() && !node.isObject()) {
            throw wrong("must be an object");
        }
        return new Member(path.isEmpty() ? name : path + "." + name, absent() ? null : node.get(name));
    }

    List<Member> elements() throws HerdConfigException {
        if (absent()) {
            return List.of();
        }
        if (!node.isArray()) {
            throw wrong("must be an array");
        }
        List<Member> elements = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            elements.add(new Member(path + "[" + i + "]", node.get(i)));
        }
        return elements;
    }

    String text() throws HerdConfigException {
        if (absent() || !node.isTextual()) {
            throw wrong("must be a string");
        }
        return node.textValue();
    }

    boolean flag(boolean whenAbsent) throws HerdConfigException {
        if (absent()) {
            return whenAbsent;
        }
        if (!node.isBoolean()) {
            throw wrong("must be true or false");
        }
        return node.booleanValue();
    }

    long number(long whenAbsent, long least, long most) throws HerdConfigException {
        if (absent()) {
            return whenAbsent;
        }
        if (!node.isIntegralNumber()
                || !node.canConvertToLong()
                || node.longValue() < least
                || node.longValue() > most) {
            throw wrong("must be a whole number, " + least + "–" + most);
        }
        return node.longValue();
    }

    HerdConfigException wrong(String whatItMustBe) {
        return new HerdConfigException(
                "herd.json: " + path + (absent() ? "" : " " + shown(node)) + ": " + whatItMustBe);
    }

    private static String shown(JsonNode node) {
        String json = node.toString();
        return json.length() <= 80 ? json : json.substring(0, 80) + "…";
    }
}

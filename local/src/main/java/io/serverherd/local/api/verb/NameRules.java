package io.serverherd.local.api.verb;

import com.fasterxml.jackson.databind.node.TextNode;
import io.serverherd.local.api.kind.ResourceType;
import io.serverherd.local.schema.FieldError;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What objects may be called. */
final class NameRules {

    private static final String LABEL_FORM = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final Pattern LABEL = Pattern.compile(LABEL_FORM);
    private static final Pattern LABEL_1035 = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern SUBDOMAIN = Pattern.compile(LABEL_FORM + "(\\." + LABEL_FORM + ")*");
    private static final Set<String> PATH_SEGMENTS =
            Set.of("roles", "rolebindings", "clusterroles", "clusterrolebindings");

    private NameRules() {}

    static List<FieldError> check(ResourceType type, String name) {
        if (name.isEmpty()) {
            return List.of(new FieldError(
                    "metadata.name", FieldError.Type.REQUIRED, null, "name or generateName is required"));
        }
        if (PATH_SEGMENTS.contains(type.plural())) {
            return name.contains("/") || name.contains("%") ? invalid(name, "may not contain '/' or '%'") : List.of();
        }
        if (type.is("", "services")) {
            return fits(
                    name,
                    LABEL_1035,
                    63,
                    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')");
        }
        if (type.is("", "namespaces")) {
            return fits(
                    name,
                    LABEL,
                    63,
                    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')");
        }
        return fits(
                name,
                SUBDOMAIN,
                253,
                "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')");
    }

    private static List<FieldError> fits(String name, Pattern form, int most, String rule) {
        if (name.length() > most) {
            return invalid(name, "must be no more than " + most + " characters");
        }
        return form.matcher(name).matches() ? List.of() : invalid(name, rule);
    }

    private static List<FieldError> invalid(String name, String why) {
        return List.of(new FieldError("metadata.name", FieldError.Type.INVALID, TextNode.valueOf(name), why));
    }
}

package io.serverherd.local.schema;

import java.util.Set;
import java.util.regex.Pattern;

/** Names of fields as rules write them: CEL's keywords and what is no part of an identifier are escaped. */
final class CelNames {

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Set<String> KEYWORDS = Set.of(
            "true",
            "false",
            "null",
            "in",
            "as",
            "break",
            "const",
            "continue",
            "else",
            "for",
            "function",
            "if",
            "import",
            "let",
            "loop",
            "package",
            "namespace",
            "return",
            "var",
            "void",
            "while");

    private CelNames() {}

    /** The name in a rule, or null when a rule cannot name the field. */
    static String escape(String field) {
        if (KEYWORDS.contains(field)) {
            return "__" + field + "__";
        }
        String escaped = field.replace("__", "__underscores__")
                .replace(".", "__dot__")
                .replace("-", "__dash__")
                .replace("/", "__slash__");
        return IDENTIFIER.matcher(escaped).matches() ? escaped : null;
    }
}

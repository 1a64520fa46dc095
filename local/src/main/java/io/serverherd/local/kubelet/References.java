package io.serverherd.local.kubelet;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code $(NAME)} in environment values, commands and arguments, by the rules of the Kubernetes API reference. */
final class References {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\$|\\$\\(([^)]*)\\)");

    private References() {}

    /** Unknown names stay as they are; {@code $$} is a dollar sign that begins no reference. */
    static String expand(String text, Map<String, String> known) {
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder expanded = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(1);
            String replacement = name == null ? "$" : known.getOrDefault(name, matcher.group());
            matcher.appendReplacement(expanded, Matcher.quoteReplacement(replacement));
        }
        return matcher.appendTail(expanded).toString();
    }
}

package io.serverherd.node.config;

import java.util.regex.Pattern;

/** The grammar of server names, the same as in the resource's schema. */
public final class ServerName {
    /** In words, for messages. */
    public static final String GRAMMAR = "1 to 32 letters, digits and inner hyphens, beginning with a letter";

    private static final Pattern NAME = Pattern.compile("[A-Za-z]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?");

    private ServerName() {}

    public static boolean isValid(String text) {
        return NAME.matcher(text).matches();
    }
}

package io.serverherd.node.tls;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Why a connection on the peer port, or one that was dialled, is not taken for a neighbour's, or a client is not let in. */
public enum Refusal {
    NO_CERTIFICATE("it shows no certificate"),
    UNTRUSTED("its certificate is not signed by a CA of ca.crt, or not for this use"),
    EXPIRED("its certificate or its CA's has expired"),
    NOT_YET_VALID("its certificate or its CA's is not valid yet: whose clock is wrong?"),
    NOT_NEIGHBOUR("it is not a configured neighbour"),
    WRONG_HERD("it is not who its certificate says, or of another herd"),
    PLAIN("it speaks without TLS"),
    HANDSHAKE_TIMEOUT("no TLS handshake within 5 s"),
    TOO_MANY("too many have not said who they are"),
    NO_CREDENTIALS("this server has no certificate yet to speak TLS with"),
    /** Anything else that is not the begin of a link, or of a client's connection. */
    PROTOCOL("the TLS handshake failed");

    /** Those that a client can meet: it has no name to be somebody by. */
    public static final Set<Refusal> OF_CLIENTS =
            Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(NOT_NEIGHBOUR, WRONG_HERD)));

    private final String why;

    Refusal(String why) {
        this.why = why;
    }

    /** As a metric's label. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** In words, for the log. */
    public String why() {
        return why;
    }
}

package io.serverherd.operator.pki;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Authorities as the operator makes them, and made when it was not yet there: to have one age takes no other clock. */
public final class MadeAuthority {
    private MadeAuthority() {}

    public static Authorities ago(Duration time) {
        return Authorities.of(Map.of())
                .advance(Instant.now().minus(time), trust -> false, false)
                .orElseThrow()
                .to();
    }
}

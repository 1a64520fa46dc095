package io.serverherd.operator.scenario;

import java.util.concurrent.ThreadLocalRandom;

/** Addresses that stay on this machine. */
final class Loopback {
    private Loopback() {}

    /** A loopback network that no other test and no {@code make run} on this machine is likely to use. */
    static String network() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "127.%d.%d.0".formatted(random.nextInt(16, 250), random.nextInt(1, 250));
    }
}

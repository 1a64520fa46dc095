package io.serverherd.operator.pki;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A herd's authority, and at times a second one. One takes over from the other in steps, and each step waits until all servers
 * have the one before: first they trust both, then the new one signs, then the old one is trusted no more. So two servers can
 * always speak to each other, whichever of the two has come further.
 *
 * <pre>
 *   signing ──a third of its life is left──▶ signing, next ──all trust both──▶ signing, retired ──all have new certificates──▶ signing
 * </pre>
 *
 * @param signing empty: there is none yet, or it was damaged
 * @param next    takes over when all trust it
 * @param retired signs nothing any more, but signed what some server may still show
 */
public record Authorities(
        Optional<KeyedCertificate> signing, Optional<KeyedCertificate> next, Optional<X509Certificate> retired) {
    private static final String CERTIFICATE = "ca.crt";
    private static final String KEY = "ca.key";
    private static final String NEXT_CERTIFICATE = "next-ca.crt";
    private static final String NEXT_KEY = "next-ca.key";
    private static final String RETIRED_CERTIFICATE = "retired-ca.crt";

    /** What was done, for people: a step is news. */
    public enum Step {
        /** There was none. */
        MADE,
        /** Nobody could speak to anybody any more. */
        EXPIRED_REPLACED,
        NEXT_MADE,
        NEXT_TOOK_OVER,
        OLD_DROPPED
    }

    /** One step further. */
    public record Advance(Step step, Authorities to) {}

    /** @param data of the Secret they are kept in; what is damaged in it is not there */
    public static Authorities of(Map<String, String> data) {
        return new Authorities(
                Authority.read(data.get(CERTIFICATE), data.get(KEY)),
                Authority.read(data.get(NEXT_CERTIFICATE), data.get(NEXT_KEY)),
                Pem.certificates(data.get(RETIRED_CERTIFICATE)).stream().findFirst());
    }

    /** For the Secret they are kept in. */
    public Map<String, String> data() {
        Map<String, String> data = new LinkedHashMap<>();
        signing.ifPresent(own -> {
            data.put(CERTIFICATE, own.certificateText());
            data.put(KEY, own.keyText());
        });
        next.ifPresent(own -> {
            data.put(NEXT_CERTIFICATE, own.certificateText());
            data.put(NEXT_KEY, own.keyText());
        });
        retired.ifPresent(certificate -> data.put(RETIRED_CERTIFICATE, Pem.of(certificate)));
        return data;
    }

    /** Whom servers have to trust now; the same text whichever of them signs. */
    public String trust() {
        return Stream.of(signing.map(KeyedCertificate::certificate), next.map(KeyedCertificate::certificate), retired)
                .flatMap(Optional::stream)
                .map(Pem::of)
                .distinct()
                .sorted()
                .collect(Collectors.joining());
    }

    /** Whether there is one whose certificates would be good. */
    public boolean canSignAt(Instant now) {
        return alive(now).isPresent();
    }

    /**
     * The next step, where it is time for one.
     *
     * @param everywhere whether all servers trust what a text says
     * @param renewed    whether all servers have certificates of the one that signs
     */
    public Optional<Advance> advance(Instant now, Predicate<String> everywhere, boolean renewed) {
        Optional<KeyedCertificate> alive = alive(now);
        if (alive.isEmpty()) {
            Step step = signing.isPresent() ? Step.EXPIRED_REPLACED : Step.MADE;
            KeyedCertificate successor = next.filter(own -> own.isValidAt(now)).orElseGet(() -> Authority.make(now));
            return Optional.of(
                    new Advance(step, new Authorities(Optional.of(successor), Optional.empty(), retired(now))));
        }
        if (next.isPresent() && everywhere.test(trust())) {
            return Optional.of(new Advance(
                    Step.NEXT_TOOK_OVER,
                    new Authorities(next, Optional.empty(), alive.map(KeyedCertificate::certificate))));
        }
        if (next.isEmpty() && alive.get().isDueAt(now)) {
            return Optional.of(
                    new Advance(Step.NEXT_MADE, new Authorities(alive, Optional.of(Authority.make(now)), retired)));
        }
        if (retired.isPresent() && (renewed || retired(now).isEmpty())) {
            return Optional.of(new Advance(Step.OLD_DROPPED, new Authorities(alive, next, Optional.empty())));
        }
        return Optional.empty();
    }

    private Optional<KeyedCertificate> alive(Instant now) {
        return signing.filter(own -> own.isValidAt(now));
    }

    private Optional<X509Certificate> retired(Instant now) {
        return retired.filter(
                certificate -> now.isBefore(certificate.getNotAfter().toInstant()));
    }
}

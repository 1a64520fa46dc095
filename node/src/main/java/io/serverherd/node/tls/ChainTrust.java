package io.serverherd.node.tls;

import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Whether a chain of certificates leads to one of the CAs and is meant for what it is used for, and when it is valid. All of
 * it is asked of each handshake twice, so what was found out is remembered. From any thread.
 */
final class ChainTrust {
    /** Chains that are remembered, at most; only those that lead to a CA. */
    private static final int REMEMBERED = 512;

    /** Uses of a certificate (RFC 5280, 4.2.1.12). */
    static final String BY_SERVERS = "1.3.6.1.5.5.7.3.1";

    static final String BY_CLIENTS = "1.3.6.1.5.5.7.3.2";
    private static final String ANY = "2.5.29.37.0";

    private final Set<X509Certificate> authorities;
    private final Set<String> uses;
    private final Map<List<X509Certificate>, List<Validity>> known = new ConcurrentHashMap<>();

    /** When a chain and its CA are all valid. */
    private record Validity(Instant from, Instant to) {
        boolean includes(Instant time) {
            return !time.isBefore(from) && !time.isAfter(to);
        }
    }

    /** @param uses all that a certificate must be for, where it says what it is for */
    ChainTrust(Set<X509Certificate> authorities, Set<String> uses) {
        this.authorities = Set.copyOf(authorities);
        this.uses = Set.copyOf(uses);
    }

    /** Of the other end; empty where it has shown none. */
    static List<X509Certificate> chain(SSLSession session) {
        try {
            Certificate[] chain = session.getPeerCertificates();
            return Arrays.stream(chain).map(X509Certificate.class::cast).toList();
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
    }

    /** @throws RefusedConnectionException when something is wrong with it, as {@link #check} says */
    void require(List<X509Certificate> chain, Instant now) throws RefusedConnectionException {
        Optional<Refusal> wrong = check(chain, now);
        if (wrong.isPresent()) {
            throw new RefusedConnectionException(wrong.get());
        }
    }

    /**
     * What is wrong with it; empty when nothing is.
     *
     * @param chain the owner's certificate first, each signed by the next
     */
    Optional<Refusal> check(List<X509Certificate> chain, Instant now) {
        if (chain.isEmpty()) {
            return Optional.of(Refusal.NO_CERTIFICATE);
        }
        List<Validity> validities = known.get(chain);
        if (validities == null) {
            validities = validities(chain);
        }
        if (validities.isEmpty()) {
            return Optional.of(Refusal.UNTRUSTED);
        }
        if (validities.stream().anyMatch(validity -> validity.includes(now))) {
            return Optional.empty();
        }
        boolean early = validities.stream().allMatch(validity -> now.isBefore(validity.from()));
        return Optional.of(early ? Refusal.NOT_YET_VALID : Refusal.EXPIRED);
    }

    /** Whether it leads to one of the CAs, whatever the time is. */
    boolean knows(List<X509Certificate> chain) {
        return !validities(chain).isEmpty();
    }

    /** One for each CA that the chain leads to: a CA may have been renewed with the key it had. */
    private List<Validity> validities(List<X509Certificate> chain) {
        if (!isForThis(chain.get(0))) {
            return List.of();
        }
        List<Validity> found = authorities.stream()
                .flatMap(authority -> validity(chain, authority).stream())
                .toList();
        if (!found.isEmpty()) {
            if (known.size() >= REMEMBERED) {
                known.clear();
            }
            known.put(List.copyOf(chain), found);
        }
        return found;
    }

    private boolean isForThis(X509Certificate own) {
        try {
            List<String> said = own.getExtendedKeyUsage();
            return said == null || said.contains(ANY) || said.containsAll(uses);
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    private static Optional<Validity> validity(List<X509Certificate> shown, X509Certificate authority) {
        // Who shows the CA's own certificate too, as is usual below a root, shows what need not be looked at.
        int at = shown.indexOf(authority);
        List<X509Certificate> chain = at > 0 ? shown.subList(0, at) : shown;
        Date from = null;
        Date to = null;
        for (X509Certificate certificate :
                Stream.concat(chain.stream(), Stream.of(authority)).toList()) {
            from = from == null || certificate.getNotBefore().after(from) ? certificate.getNotBefore() : from;
            to = to == null || certificate.getNotAfter().before(to) ? certificate.getNotAfter() : to;
        }
        return !from.after(to) && leadsTo(authority, chain, from)
                ? Optional.of(new Validity(from.toInstant(), to.toInstant()))
                : Optional.empty();
    }

    /** Asked for a moment at which all of them are valid: then no other fault hides behind a date. */
    private static boolean leadsTo(X509Certificate authority, List<X509Certificate> chain, Date when) {
        try {
            CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(chain);
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(when);
            CertPathValidator.getInstance("PKIX").validate(path, parameters);
            return true;
        } catch (CertPathValidatorException | CertificateException e) {
            return false;
        } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
            throw new IllegalStateException("every Java has PKIX", e);
        }
    }
}

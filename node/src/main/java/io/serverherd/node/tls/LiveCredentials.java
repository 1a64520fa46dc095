package io.serverherd.node.tls;

import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The credentials in force. Files that are broken or gone leave the last good ones in force, and the state says so;
 * connections that stand are left alone whatever comes.
 *
 * @param <F> what the files hold at one moment
 * @param <T> what is made of them
 */
public abstract class LiveCredentials<F, T extends ServerTls> {
    private final Logger log = LoggerFactory.getLogger(getClass());
    private final String name;
    private final String without;
    private F last;
    private volatile State<T> state = new State<>(Optional.empty(), null);

    /**
     * @param tls     in force; empty while no files were ever good
     * @param problem what is wrong with the files as they are now; null when nothing is
     */
    public record State<T extends ServerTls>(Optional<T> tls, String problem) {
        public Optional<ServerCertificate> certificate() {
            return tls.map(ServerTls::certificate);
        }
    }

    /**
     * @param name    for the log
     * @param without what it means that there are none
     */
    LiveCredentials(String name, String without) {
        this.name = name;
        this.without = without;
    }

    /** Whether there is nothing yet of what is waited for without a word of complaint. */
    abstract boolean areToCome(F files);

    /** Whether the last good ones are to stay in force where these are not good. */
    abstract boolean mayKeepLast(F files);

    abstract T load(F files) throws RefusedCredentialsException, SSLException;

    /** What is special about them, for the log. */
    abstract void describe(T loaded, LoggingEventBuilder entry);

    /** From any thread. */
    public State<T> state() {
        return state;
    }

    /** Takes in what they hold now. Read in here, none that was read earlier by another thread comes after it. */
    public synchronized void read(Supplier<F> files) {
        read(files.get());
    }

    /** Takes in what the files hold now, if that is not what they held before. */
    public synchronized void read(F files) {
        if (files.equals(last)) {
            return;
        }
        last = files;
        if (areToCome(files) && state.tls().isEmpty()) {
            state = new State<>(Optional.empty(), null);
            log.atInfo().log(name + ".none-yet");
            return;
        }
        try {
            T tls = load(files);
            state = new State<>(Optional.of(tls), null);
            LoggingEventBuilder entry = log.atInfo()
                    .addKeyValue("notAfter", tls.certificate().notAfter())
                    .addKeyValue("certificate", tls.certificate().hash());
            describe(tls, entry);
            entry.log(name + ".loaded");
        } catch (RefusedCredentialsException e) {
            refuse(files, e.getMessage());
        } catch (SSLException e) {
            refuse(files, "tls.crt: can't be used for TLS: " + e.getMessage());
        }
    }

    private void refuse(F files, String reason) {
        Optional<T> kept = mayKeepLast(files) ? state.tls() : Optional.empty();
        String consequence = kept.map(last -> "keeping the certificate that ends "
                        + last.certificate().notAfter())
                .orElse(without + " until the files are there and right");
        state = new State<>(kept, reason + "; " + consequence);
        log.atWarn().addKeyValue("problem", state.problem()).log(name + ".refused");
    }
}

package io.serverherd.node.places;

import io.serverherd.node.tls.TestAuthority;
import io.serverherd.node.tls.TestLeaf;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** How a server of HTTPS shows who it is. */
public final class WebServer {
    private static final Duration A_DAY = Duration.ofDays(1);
    private static final char[] PASSWORD = "test".toCharArray();

    private WebServer() {}

    /** @param address of it; @param authority that says so */
    public static SSLContext at(String address, TestAuthority authority) {
        return at(address, authority, Instant.now().plus(A_DAY));
    }

    /** @param until when its certificate is valid */
    public static SSLContext at(String address, TestAuthority authority, Instant until) {
        return of(authority.leaf(address, until.minus(A_DAY.multipliedBy(30)), until));
    }

    public static SSLContext of(TestLeaf leaf) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setKeyEntry("server", leaf.key(), PASSWORD, new X509Certificate[] {leaf.certificate()});
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }
}

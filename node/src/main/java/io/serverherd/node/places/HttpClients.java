package io.serverherd.node.places;

import io.serverherd.node.config.HttpProxy;
import io.serverherd.node.config.PlacesTrust;
import io.serverherd.node.config.ProxyRules;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Makes HTTP clients that believe whom they are told to, and go through the proxies they are told to. */
final class HttpClients {
    private final Executor threads;
    private final ProxyRules proxies;

    HttpClients(Executor threads, ProxyRules proxies) {
        this.threads = threads;
        this.proxies = proxies;
        if (hasCredentials()) {
            // Read once, before the first client. It allows credentials in clear to a proxy, as one asks for who writes
            // them into its address.
            System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
        }
    }

    private boolean hasCredentials() {
        return proxies.proxies().stream().anyMatch(proxy -> proxy.credentials().isPresent());
    }

    HttpClient of(PlacesTrust trust) {
        HttpClient.Builder client = HttpClient.newBuilder()
                .executor(threads)
                // One exchange per connection: one dead connection can't hold up the others, as it does in HTTP/2.
                .version(HttpClient.Version.HTTP_1_1)
                // The key would go where the answer says.
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslParameters(protocols());
        if (trust != PlacesTrust.DEFAULT) {
            client.sslContext(context(trust));
        }
        if (!proxies.isEmpty()) {
            client.proxy(selector());
        }
        return client.build();
    }

    /**
     * With the credentials of the proxy that it goes through, if there are any. No {@link java.net.Authenticator}: a client
     * that has one takes the 401 of a Google that asks for no password for a broken connection.
     */
    HttpRequest letThrough(HttpRequest request) {
        return proxies.proxyOf(request.uri())
                .flatMap(HttpProxy::authorization)
                // The client sends it to the proxy alone: with CONNECT where it opens a tunnel, not within.
                .map(basic -> HttpRequest.newBuilder(request, (name, value) -> true)
                        .header("Proxy-Authorization", basic)
                        .build())
                .orElse(request);
    }

    /** Said explicitly: Java machines have been told to take older ones. */
    private static SSLParameters protocols() {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        return parameters;
    }

    private static SSLContext context(PlacesTrust trust) {
        try {
            KeyStore believed = KeyStore.getInstance(KeyStore.getDefaultType());
            believed.load(null, null);
            for (TrustManager manager : managers(null)) {
                if (manager instanceof X509TrustManager defaults) {
                    add("default", List.of(defaults.getAcceptedIssuers()), believed);
                }
            }
            add("added", trust.authorities(), believed);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(believed), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java platform has TLS, and keeps certificates in memory", e);
        }
    }

    /** @param believed null: whom the Java machine believes */
    private static TrustManager[] managers(KeyStore believed) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(believed);
        return factory.getTrustManagers();
    }

    private static void add(String prefix, List<X509Certificate> authorities, KeyStore believed)
            throws GeneralSecurityException {
        for (int i = 0; i < authorities.size(); i++) {
            believed.setCertificateEntry(prefix + i, authorities.get(i));
        }
    }

    private ProxySelector selector() {
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI asked) {
                return List.of(proxies.proxyOf(asked)
                        .map(proxy -> new Proxy(
                                Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.host(), proxy.port())))
                        .orElse(Proxy.NO_PROXY));
            }

            @Override
            public void connectFailed(URI asked, SocketAddress proxy, IOException failure) {
                // The exchange fails by it, and that is told.
            }
        };
    }
}
